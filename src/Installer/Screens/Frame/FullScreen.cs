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
    private readonly TerminalCapabilities _capabilities = TerminalCapabilities.FromEnvironment();

    /// <summary>What the operator typed to call this program.</summary>
    public required string Program { get; init; }

    /// <summary>The state directory of the installation, or of the rehearsal that was asked for.</summary>
    public required StateDirectory Directory { get; init; }

    /// <summary>Everything outside is simulated.</summary>
    public required bool Rehearse { get; init; }

    /// <summary>The assets, and the directory that replaces those in the binary; null: none does.</summary>
    public required (AssetSource Source, string? Directory) Assets { get; init; }

    /// <summary>Path of an answer file to begin with; null: what the state directory has.</summary>
    public string? Answers { get; init; }

    /// <summary>Runs it on this process's terminal.</summary>
    /// <returns>0; 130 when a signal ended it.</returns>
    /// <exception cref="InstallerException">There is none.</exception>
    public ExitCode Run()
    {
        var rehearse = Rehearse;
        while (true)
        {
            var work = Watch(rehearse, out var isInterrupted);
            if (isInterrupted)
            {
                return ExitCode.Interrupted;
            }

            if (!work.WantsRehearsal)
            {
                ExitSummary.Write(work, PlainLines.Output, PlainLines.Errors);
                return ExitCode.Done;
            }

            rehearse = true;
        }
    }

    // When this returns the terminal is given back, and nothing happens in the workspace any more: it can be read.
    private Workspace Watch(bool rehearse, out bool isInterrupted)
    {
        using var terminal = TerminalApplication.Open(_capabilities);
        using var work = Open(rehearse, terminal, out var frame);
        using (frame)
        {
            terminal.Run(frame);
        }

        isInterrupted = terminal.Ended.IsCancellationRequested;
        return work;
    }

    private Workspace Open(bool rehearse, TerminalApplication terminal, out FrameView frame)
    {
        var directory = rehearse == Rehearse ? Directory : StateDirectory.Default(rehearsal: true);
        FrameView? view = null;
        var work = new Workspace
        {
            Directory = directory,
            Assets = Assets.Source,
            Rehearse = rehearse,
            Commands = new OwnCommands(Program, directory.SameState(rehearse)),
            Glyphs = _capabilities.Unicode ? Glyphs.Unicode : Glyphs.Ascii,
            Install = new InstallApart(
                new EngineStart(directory)
                {
                    Rehearse = rehearse,
                    Watched = true,
                    Assets = Assets.Directory,
                }
            ),
            Redraw = terminal.Redraw,
            Post = action =>
                terminal.Post(() =>
                {
                    action();
                    view?.Refresh();
                }),
        };
        work.TakeWhatIsThere(Answers);
        new ScreenFlow(work).Begin();
        frame = view = new FrameView(new ScreensInFrame(work));
        return work;
    }
}
