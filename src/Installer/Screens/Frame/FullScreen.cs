using ErpInstaller.Attach;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Lines;
using ErpInstaller.Run;
using ErpInstaller.Screens.Running;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens.Frame;

/// <summary>The full-screen installer: from the first screen to the last key.</summary>
internal sealed class FullScreen
{
    /// <summary>The program as the operator called it.</summary>
    public required string Program { get; init; }

    /// <summary>The state directory of the installation or of the rehearsal.</summary>
    public required StateDirectory Directory { get; init; }

    /// <summary>Whether it is a rehearsal.</summary>
    public required bool Rehearse { get; init; }

    /// <summary>The assets, and the directory that replaces the ones in the binary; null if none does.</summary>
    public required (AssetSource Source, string? Directory) Assets { get; init; }

    /// <summary>The answer file to begin with, or null for the answers in the state directory.</summary>
    public string? Answers { get; init; }

    /// <summary>Whether to draw with ASCII only.</summary>
    public bool Ascii { get; init; }

    private TerminalCapabilities Capabilities => TerminalCapabilities.FromEnvironment(Ascii);

    /// <summary>Runs it on this process's terminal.</summary>
    /// <param name="remove">The command <c>remove</c>, which the operator can choose there.</param>
    /// <returns>0, 130 if a signal ended it, or the exit code of the command.</returns>
    /// <exception cref="InstallerException">There is no terminal.</exception>
    public async Task<ExitCode> RunAsync(Func<Task<ExitCode>> remove)
    {
        var rehearse = Rehearse;
        while (true)
        {
            var work = Watch(rehearse, out var isInterrupted);
            if (isInterrupted)
            {
                return ExitCode.Interrupted;
            }

            switch (work.Next)
            {
                case NextSession.Rehearsal:
                    rehearse = true;
                    break;
                case NextSession.Removal:
                    return await remove();
                default:
                    ExitSummary.Write(work, PlainLines.Output, PlainLines.Errors);
                    return ExitCode.Done;
            }
        }
    }

    // When this returns, the terminal is restored and the context no longer changes, so the caller can read it.
    private ScreenContext Watch(bool rehearse, out bool isInterrupted)
    {
        // The first picture needs the terminal and the files of the state directory. Each takes a third of its time.
        var shown = new Shown();
        var reading = Task.Run(() => Read(rehearse, shown));
        using var terminal = TerminalApplication.Open(Capabilities);
        shown.Terminal = terminal;
        using var work = reading.GetAwaiter().GetResult();
        new ScreenFlow(work).Begin();
        using (var frame = new FrameView(new ScreensInFrame(work)))
        {
            shown.Frame = frame;
            terminal.Run(frame);
        }

        isInterrupted = terminal.Ended.IsCancellationRequested;
        return work;
    }

    private ScreenContext Read(bool rehearse, Shown shown)
    {
        var directory = rehearse == Rehearse ? Directory : StateDirectory.Default(rehearsal: true);
        return new ScreenContext(
            new ScreenSetting
            {
                Directory = directory,
                Assets = Assets.Source,
                Rehearse = rehearse,
                Commands = new OwnCommands(Program, directory.SameState(rehearse)),
                Glyphs = Glyphs.For(Capabilities.Characters),
                Install = new InstallApart(
                    new EngineStart(directory)
                    {
                        Rehearse = rehearse,
                        Watched = true,
                        Assets = Assets.Directory,
                    }
                ),
                Redraw = shown.Redraw,
                Post = shown.Post,
                Answers = Answers,
                CanLeaveToRemove = rehearse == Rehearse,
            }
        );
    }

    /// <summary>The terminal and what it shows. Nothing is posted before the terminal is open.</summary>
    private sealed class Shown
    {
        public TerminalApplication? Terminal { get; set; }

        public FrameView? Frame { get; set; }

        public void Redraw() => Terminal!.Redraw();

        public void Post(Action action) =>
            Terminal!.Post(() =>
            {
                action();
                Frame?.Refresh();
            });
    }
}
