using System.CommandLine;
using ErpInstaller.Answers;
using ErpInstaller.Answers.Files;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Lines;
using ErpInstaller.Run;
using ErpInstaller.Updates;

namespace ErpInstaller.CommandLine;

/// <summary><c>apps add</c> and <c>apps remove</c>: change the apps of the site.</summary>
internal static class AppsCommand
{
    private static readonly Argument<string> Added = UsageErrors.Argument("NAME", "The app, as the release names it.");

    private static readonly Argument<string> Removed = UsageErrors.Argument("NAME", "The app to remove.");

    private static readonly Option<string?> Confirm = new("--confirm")
    {
        Description = "The name of the app, to remove it without a question.",
        HelpName = "NAME",
    };

    public static Command Create() =>
        new("apps", "Add an app to the site, or remove one after a backup.") { CreateAdd(), CreateRemove() };

    private static Command CreateAdd()
    {
        var add = new Command("add", "Install another app in the site.") { Added, ConfirmedChange.Yes };
        add.SetAction(
            (parsed, cancellation) =>
                Session.RunAsync(CommonOptions.Read(parsed), session =>
                    AddAsync(session, parsed.GetValue(Added)!, parsed.GetValue(ConfirmedChange.Yes), cancellation)
                )
        );
        return add;
    }

    private static Command CreateRemove()
    {
        var remove = new Command("remove", "Remove an app and its data from the site, after a backup.")
        {
            Removed,
            Confirm,
        };
        remove.SetAction(
            (parsed, cancellation) =>
                Session.RunAsync(CommonOptions.Read(parsed), session =>
                    RemoveAsync(session, parsed.GetValue(Removed)!, parsed.GetValue(Confirm), cancellation)
                )
        );
        return remove;
    }

    private static Task<ExitCode> AddAsync(
        Session session,
        string app,
        bool isConfirmed,
        CancellationToken cancellation
    )
    {
        var before = session.ReadAnswers(tellWarnings: false);
        var (answers, release) = (before.Settings.Answers, before.Settings.Release);
        var edited = AnswersEditor.AddApp(before.Text, answers, before.Path, app, release);
        if (AppChoice.Brought(app, answers.Apps, release) is { Count: > 0 } brought)
        {
            Tell(session, $"{app} needs {string.Join(", ", brought)}, so that is added too");
        }

        var command = $"apps add {app}";
        return new AnswersChange(
            session,
            ConfirmedChange.YesOrNo(session, command, isConfirmed, cancellation)
        ).RunAsync(before, edited);
    }

    private static async Task<ExitCode> RemoveAsync(
        Session session,
        string app,
        string? confirmed,
        CancellationToken cancellation
    )
    {
        var before = session.ReadAnswers(tellWarnings: false);
        var (answers, release) = (before.Settings.Answers, before.Settings.Release);
        var edited = AnswersEditor.RemoveApp(before.Text, answers, before.Path, app, release);
        var command = session.CommandOf($"apps remove {app} --confirm {app}");
        Check(confirmed, app, command);
        var change = new ConfirmedChange(
            session,
            command,
            confirmed is null ? lines => AskAsync(lines, app, answers.Site.Name, command) : null,
            cancellation
        );
        ChangeReadiness.Check(session.Open(before));
        var after = session.ReadAnswers(before.Path, edited.Text, tellWarnings: false);
        var removed = await AppRemoval.FindAsync(session.Open(after), app, cancellation);
        if (removed.Count > 1)
        {
            Tell(session, $"only {app} needs {string.Join(", ", removed.Skip(1))}, so that is removed too");
        }

        return await new AnswersChange(session, change) { AskedFor = new AskedFor { RemovedApps = removed } }.RunAsync(
            before,
            edited
        );
    }

    private static async Task<bool> AskAsync(OperatorLines lines, string app, string site, string command)
    {
        var typed = await lines.AskAsync($"This removes {app} and its data from {site}. Type its name to go on:");
        Check(typed, app, command);
        return true;
    }

    private static void Check(string? given, string app, string command)
    {
        if (given is not null && given != app)
        {
            throw new InstallerException(
                ErrorCode.ChangeNotConfirmed,
                $"The app is {app}, not {given}: nothing was removed",
                $"Give its name: {command}"
            );
        }
    }

    private static void Tell(Session session, string line) =>
        session.Events.Publish(new Log(StepId.Apps, LogLevel.Info, line));
}
