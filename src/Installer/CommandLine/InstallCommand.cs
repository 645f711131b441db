using System.CommandLine;
using ErpInstaller.Attach;
using ErpInstaller.Core.Errors;
using ErpInstaller.Rehearsal;

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

    private static Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancellation) =>
        EngineRun.RunAsync(
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
}
