using System.CommandLine;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;
using ErpInstaller.Updates;

namespace ErpInstaller.CommandLine;

/// <summary>
/// <c>rollback</c>: brings back the image and the data of before the last update. Only a person who types the site's
/// name, or a script that gives it, can start it.
/// </summary>
internal static class RollbackCommand
{
    public static Command Create() =>
        EngineRun.CommandOf(
            new Command(Operation.RollbackId, "Go back to the image and the data of before the last update."),
            ConfirmAsync,
            acceptChanges: _ => false,
            Replacement.Option
        );

    private static async Task<Operation> ConfirmAsync(
        Session session,
        ParseResult parsed,
        CancellationToken cancellation
    )
    {
        var site = session.ReadAnswers(tellWarnings: false).Settings.Answers.Site.Name;
        var operation = Operation.Rollback(site);
        await Replacement.ConfirmAsync(
            session,
            parsed,
            site,
            $"erp-installer rollback --replace {site}",
            StepId.RollbackSource,
            () => new RollbackLook(session.Open(operation: operation)).ReadAsync(cancellation),
            cancellation
        );
        return operation;
    }
}
