using ErpInstaller.Answers.Interview;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Ids;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;
using ErpInstaller.Updates;

namespace ErpInstaller.Screens.Running;

/// <summary>The run that the screens start, follow and stop. The run itself is another process.</summary>
/// <param name="install">The seam to that process.</param>
/// <param name="background">Waits for that process.</param>
/// <param name="post">Runs something on the interface's thread between two keys, and draws.</param>
internal sealed class RunSession(
    StateDirectory directory,
    IInstallRun install,
    BackgroundWork background,
    Action<Action> post
)
{
    // The operator may start a run while the end of the one before is on its way: that end must not close the new run.
    private int _followed;

    /// <summary>Whether it is a rehearsal.</summary>
    public required bool Rehearse { get; init; }

    /// <summary>This program's commands as they can be typed here.</summary>
    public required OwnCommands Commands { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The screens' words for the run.</summary>
    public RunWords Words => RunWords.Of(View.Operation, Rehearse);

    /// <summary>The state of the run, from its events.</summary>
    public RunView View { get; } = new();

    /// <summary>The state file as the last run left it.</summary>
    public InstallState State { get; private set; } = new();

    /// <summary>The last backup by hand, as the state file has it.</summary>
    public StepState LastBackup { get; private set; } = new();

    /// <summary>Whether there is an update to go back from.</summary>
    public bool CanGoBack { get; private set; }

    /// <summary>Whether the run is an install, with the answers of the screens. Others are about what runs.</summary>
    public bool IsInstall => View.Operation == Operation.InstallId;

    /// <summary>A restore, rollback or removal that did not end well, and that nothing followed; null: none.</summary>
    public UnfinishedOperation? Unfinished { get; private set; }

    /// <summary>Whether the screens follow a run that has not ended.</summary>
    public bool IsAtWork => View is { Current: not null, Result: null };

    /// <summary>Whether that run was told to stop.</summary>
    public bool IsToldToStop { get; private set; }

    /// <summary>Reads the state file.</summary>
    /// <exception cref="InstallerException">It cannot be read.</exception>
    public void ReadState()
    {
        State = new StateFile(directory).Read();
        LastBackup = new StateFile(directory, Operation.BackupId).Read().Of(StepId.Backup);
        CanGoBack = RollbackLook.CanGoBack(directory);
        // A backup has a row of its own on the screens.
        Unfinished = UnfinishedOperation.FindChange(directory);
        View.Take(State);
    }

    /// <summary>Asks whether a run is at work in the state directory.</summary>
    public void AskIsAtWork(Action<bool> answered) => background.Begin(install.IsAtWorkAsync, answered, _ => { });

    /// <summary>Starts a run with the answers of an interview.</summary>
    /// <param name="ended">Handles the result.</param>
    public void Start(AnswersInterview interview, Action<Finished> ended)
    {
        IsToldToStop = false;
        View.Take(new InstallState());
        interview.WriteForRun();
        Follow(
            async stop =>
            {
                interview.Flush();
                await install.StartAsync(Operation.Install, directory.Draft, stop);
            },
            ended
        );
    }

    /// <summary>Starts another operation, with the accepted answers.</summary>
    /// <param name="ended">Handles the result.</param>
    public void Start(Operation operation, Action<Finished> ended)
    {
        IsToldToStop = false;
        View.Expect(operation);
        Follow(stop => install.StartAsync(operation, answers: null, stop), ended);
    }

    /// <summary>Follows the run that is at work.</summary>
    /// <param name="ended">Handles the result.</param>
    public void Follow(Action<Finished> ended) => Follow(_ => Task.CompletedTask, ended);

    /// <summary>Stops the run that is at work.</summary>
    /// <param name="told">Called after the run was told to stop. The session must not end before that.</param>
    public void Stop(Action? told = null) =>
        background.Begin(
            async stop =>
            {
                await install.StopAsync(stop);
                return true;
            },
            _ =>
            {
                IsToldToStop = true;
                told?.Invoke();
            },
            e => View.Log.Add(new LogLine("", LogLevel.Warning, e.Message))
        );

    /// <summary>Fills an empty log with the last lines of earlier runs.</summary>
    public void LoadLog() =>
        background.Begin(
            _ =>
                Task.FromResult<IReadOnlyList<string>>(
                    File.Exists(directory.InstallLog)
                        ? [.. File.ReadLines(directory.InstallLog).TakeLast(LogTail.Kept)]
                        : []
                ),
            lines =>
            {
                // A run may have begun and written lines meanwhile.
                foreach (var line in View.Log.Count == 0 ? lines : [])
                {
                    View.Log.Add(new LogLine("", LogLevel.Info, TerminalText.Clean(line)));
                }
            },
            _ => { }
        );

    private void Follow(Func<CancellationToken, Task> before, Action<Finished> ended)
    {
        var followed = ++_followed;
        var pump = new EventPump(Time, bundle => post(() => IfLatest(followed, () => Take(bundle))));
        background.Begin(
            async stop =>
            {
                using (pump)
                {
                    await before(stop);
                    await install.FollowAsync(pump.Hear, stop);
                    pump.Flush();
                }

                return true;
            },
            _ => IfLatest(followed, () => ended(View.Result!)),
            e => IfLatest(followed, () => ended(Failed(e)))
        );
    }

    private void IfLatest(int followed, Action act)
    {
        if (followed == _followed)
        {
            act();
        }
    }

    private Finished Failed(InstallerException error) =>
        new(
            StepStatus.Failed,
            (int)error.ExitCode,
            Rehearse,
            Error: error.Code.Word,
            Message: Commands.In(error.Message),
            Hint: Commands.In(error.Hint)
        )
        {
            Details = error.Details,
        };

    private void Take(IReadOnlyList<EngineEvent> bundle)
    {
        foreach (var happened in bundle)
        {
            View.Take(happened);
        }
    }
}
