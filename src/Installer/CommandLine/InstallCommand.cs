using System.CommandLine;
using ErpInstaller.Attach;
using ErpInstaller.Core.Errors;
using ErpInstaller.Rehearsal;
using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary><c>install</c>: runs all steps and never asks.</summary>
internal static class InstallCommand
{
    private static readonly Option<bool> AcceptChanges = new("--accept-changes")
    {
        Description = "Continue although the answers changed since the last run.",
    };

    private static readonly Option<bool> Detached = new(DetachedRun.Option) { Hidden = true };

    private static readonly Option<bool> Watched = new(DetachedRun.Watched) { Hidden = true };

    public static Command Create()
    {
        var command = new Command("install", "Install unattended; resumes an interrupted run.")
        {
            AcceptChanges,
            CommonOptions.UpdateLock,
            Detached,
            Watched,
        };
        command.SetAction(
            (parsed, cancellation) =>
                Session.RunAsync(
                    CommonOptions.Read(parsed),
                    parsed.GetValue(Detached) ? session => DetachedRun.Begin(session.Directory).Hear : null,
                    session => RunAsync(session, parsed, cancellation)
                )
        );
        return command;
    }

    /// <summary>Installs in this process. All ways to start an installation use it.</summary>
    /// <param name="open">Opens the installation, after others can attach and receive its events.</param>
    public static async Task<ExitCode> InstallAsync(
        Session session,
        Func<Installation> open,
        bool acceptChanges,
        bool isDetached,
        CancellationToken cancellation
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using var server = new EngineServer(session.Directory, stop.CancelAsync, text => Warn(session, text));
        session.Events.Subscribe(happened => Hear(server, happened, session, isDetached));
        var installation = open();
        var finished = await new ErpInstaller.Run.Installer(installation).RunAsync(acceptChanges, stop.Token);
        return (ExitCode)finished.ExitCode;
    }

    private static Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancellation) =>
        InstallAsync(
            session,
            () =>
                session.Open(
                    parsed.GetValue(CommonOptions.UpdateLock),
                    parsed.GetValue(Watched) ? RehearsalPace.Watched : RehearsalPace.Quick
                ),
            parsed.GetValue(AcceptChanges),
            parsed.GetValue(Detached),
            cancellation
        );

    // Without a socket no other program can attach. The run continues, because its own terminal shows it.
    private static void Hear(EngineServer server, EngineEvent happened, Session session, bool isDetached)
    {
        try
        {
            server.Hear(happened);
        }
        catch (EngineSocketUnusable e) when (!isDetached)
        {
            Warn(session, e.Message);
        }
    }

    private static void Warn(Session session, string text) =>
        session.Events.Publish(new Log("engine", LogLevel.Warning, text));
}
