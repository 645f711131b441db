using ErpInstaller.Answers.Interview;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;
using ErpInstaller.Screens.Running;

namespace ErpInstaller.Screens;

/// <summary>The installation at work, as the screens see it.</summary>
internal sealed partial class Workspace
{
    /// <summary>What a run is called here.</summary>
    public string RunWord => Rehearse ? "rehearsal" : "installation";

    /// <summary>One is at work.</summary>
    public bool IsInstalling => Run is { Current: not null, Result: null };

    /// <summary>The one at work has been told to stop.</summary>
    public bool IsToldToStop { get; private set; }

    /// <summary>Installs by the present answers.</summary>
    /// <param name="ended">Takes how it ended.</param>
    public void StartInstalling(Action<Finished> ended)
    {
        var settled = Questionnaire.Settled(Answers);
        NotKept = null;
        IsToldToStop = false;
        Run.Take(new InstallState());
        Follow(
            async stop =>
            {
                new DraftFile(Directory).Write(settled);
                await Install.StartAsync(Directory.Draft, stop);
            },
            ended
        );
    }

    /// <summary>Looks at the installation at work.</summary>
    /// <param name="ended">Takes how it ended.</param>
    public void FollowInstalling(Action<Finished> ended) => Follow(_ => Task.CompletedTask, ended);

    /// <summary>Stops the installation at work.</summary>
    /// <param name="told">Called when it has been told: a session that ends before might not tell it.</param>
    public void StopInstalling(Action? told = null) =>
        Begin(
            async stop =>
            {
                await Install.StopAsync(stop);
                return true;
            },
            _ =>
            {
                IsToldToStop = true;
                told?.Invoke();
            },
            e => Run.Log.Add(new LogLine("", LogLevel.Warning, e.Message))
        );

    /// <summary>Fills the log with the end of what earlier runs left in the file.</summary>
    public void RememberLog() =>
        Begin(
            _ =>
                Task.FromResult<IReadOnlyList<string>>(
                    File.Exists(Directory.InstallLog)
                        ? [.. File.ReadLines(Directory.InstallLog).TakeLast(LogTail.Kept)]
                        : []
                ),
            lines =>
            {
                // A run that began meanwhile tells its own story.
                foreach (var line in Run.Log.Count == 0 ? lines : [])
                {
                    Run.Log.Add(new LogLine("", LogLevel.Info, TerminalText.Clean(line)));
                }
            },
            _ => { }
        );

    private void Follow(Func<CancellationToken, Task> before, Action<Finished> ended)
    {
        var pump = new EventPump(Time, bundle => Post(() => Take(bundle)));
        Begin(
            async stop =>
            {
                using (pump)
                {
                    await before(stop);
                    await Install.FollowAsync(pump.Hear, stop);
                    pump.Flush();
                }

                return true;
            },
            _ => ended(Run.Result!),
            e =>
                ended(
                    new Finished(
                        StepStatus.Failed,
                        (int)e.ExitCode,
                        Rehearse,
                        Error: e.Code.Word,
                        Message: Commands.In(e.Message),
                        Hint: Commands.In(e.Hint)
                    )
                    {
                        Details = e.Details,
                    }
                )
        );
    }

    private void Take(IReadOnlyList<EngineEvent> bundle)
    {
        foreach (var happened in bundle)
        {
            Run.Take(happened);
        }
    }
}
