using System.CommandLine;
using ErpInstaller.Core.Errors;
using ErpInstaller.Lines;
using ErpInstaller.Removal;
using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary>
/// <c>remove</c>: removes the installation. Data and backups stay, unless they are named. Only a person who types the
/// site's name, or a script that gives it, can start it.
/// </summary>
internal static class RemoveCommand
{
    private static readonly Option<string?> Site = new("--site")
    {
        Description = "The name of the site, to remove it without a question.",
        HelpName = "SITE",
    };

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "Remove the data of the site too, for good. Give the name of the job.",
        HelpName = "JOB",
    };

    private static readonly Option<string?> Backups = new("--backups")
    {
        Description =
            "Remove the backups on the node and the password of the repository too, for good. Give the name "
            + "of the job.",
        HelpName = "JOB",
    };

    public static Command Create()
    {
        var command = new Command("remove", "Remove the installation. Its data stays, unless it is named.")
        {
            Site,
            Data,
            Backups,
        };
        command.SetAction(
            (parsed, cancellation) =>
                Session.RunAsync(CommonOptions.Read(parsed), session =>
                    RunAsync(
                        session,
                        (parsed.GetValue(Site), parsed.GetValue(Data), parsed.GetValue(Backups)),
                        cancellation
                    )
                )
        );
        return command;
    }

    /// <summary>Removes the installation, and keeps the data. It asks for the site's name.</summary>
    public static Task<ExitCode> RunAsync(Session session, CancellationToken cancellation) =>
        RunAsync(session, (null, null, null), cancellation);

    private static async Task<ExitCode> RunAsync(
        Session session,
        (string? Site, string? Data, string? Backups) named,
        CancellationToken cancellation
    )
    {
        var answers = session.ReadAnswers(tellWarnings: false).Settings.Answers;
        var (site, job) = (answers.Site.Name, answers.Nomad.Job);
        var wanted = new RemovalRequest(job, named.Data is not null, named.Backups is not null);
        foreach (var name in new[] { named.Data, named.Backups }.OfType<string>())
        {
            Confirm(name, job, $"The job is {job}, not {name}: nothing was removed", wanted, site);
        }

        var operation = Operation.Remove(wanted, site);
        if (named.Site is { } given)
        {
            Confirm(given, site, $"The site is {site}, not {given}: nothing was removed", wanted, site);
        }
        else
        {
            if (!session.CanAsk)
            {
                throw RemovalErrors.NotConfirmed(
                    $"This removes {site}, and there is no terminal to confirm it",
                    wanted.CommandFor(site)
                );
            }

            await new Planner(session.Introduce(session.Open(operation: operation))).PlanAsync(cancellation);
            var lines = new OperatorLines(Console.Out, cancellation);
            var typed = await lines.AskAsync($"This removes {site}. Type its name to go on:");
            Confirm(typed, site, $"The site is {site}, not {typed}: nothing was removed", wanted, site);
        }

        var code = await EngineRun.RunAsync(
            session,
            () => session.Open(operation: operation),
            acceptChanges: false,
            isDetached: false,
            cancellation
        );
        if (code == ExitCode.Done)
        {
            StateFiles.Remove(session.Directory, keepsData: !wanted.Data);
        }

        return code;
    }

    private static void Confirm(string given, string name, string message, RemovalRequest wanted, string site)
    {
        if (given != name)
        {
            throw RemovalErrors.NotConfirmed(message, wanted.CommandFor(site));
        }
    }
}
