using ErpInstaller.Commands;
using ErpInstaller.Engine;
using ErpInstaller.Plain;
using ErpInstaller.Screens.Drawing;
using ErpInstaller.Screens.Frame;
using ErpInstaller.Screens.Running;
using ErpInstaller.Screens.Terminal;
using ErpInstaller.Serving;

namespace ErpInstaller.Screens;

/// <summary>The full-screen installer: from the first screen to the last key.</summary>
internal static class FullScreen
{
    /// <summary>Runs it on this process's terminal.</summary>
    /// <returns>0; 130 when a signal ended it.</returns>
    /// <exception cref="NoTerminal">There is none.</exception>
    public static ExitCode Run(Session session)
    {
        var rehearse = session.Options.Rehearse;
        while (true)
        {
            var work = Watch(session, rehearse, out var isInterrupted);
            if (isInterrupted)
            {
                return ExitCode.Interrupted;
            }

            if (!work.WantsRehearsal)
            {
                Farewell.Write(work, PlainLines.Output, PlainLines.Errors);
                return ExitCode.Done;
            }

            rehearse = true;
        }
    }

    // When this returns the terminal is given back, and nothing happens in the workspace any more: it can be read.
    private static Workspace Watch(Session session, bool rehearse, out bool isInterrupted)
    {
        using var terminal = TerminalApplication.Open(TerminalCapabilities.FromEnvironment());
        using var work = Open(session, rehearse, terminal, out var frame);
        using (frame)
        {
            terminal.Run(frame);
        }

        isInterrupted = terminal.Ended.IsCancellationRequested;
        return work;
    }

    private static Workspace Open(Session session, bool rehearse, TerminalApplication terminal, out FrameView frame)
    {
        var directory = rehearse == session.Options.Rehearse ? session.Directory : StateDirectory.Default(rehearsal: true);
        FrameView? view = null;
        var work = new Workspace
        {
            Directory = directory,
            Assets = session.Assets,
            Rehearse = rehearse,
            Commands = new OwnCommands(ProgramName.Typed, directory.SameState(rehearse)),
            Glyphs = terminal.Capabilities.Unicode ? Glyphs.Unicode : Glyphs.Ascii,
            Install = new InstallApart(new EngineStart(directory) { Rehearse = rehearse, Watched = true, Assets = session.Options.Assets }),
            Redraw = terminal.Redraw,
            Post = action => terminal.App.Invoke(() =>
            {
                action();
                view?.Refresh();
            }),
        };
        work.TakeWhatIsThere(session.Options.Answers);
        new Journey(work).Begin();
        frame = view = new FrameView(new ScreensInFrame(work));
        return work;
    }
}
