using System.CommandLine;
using System.Text.RegularExpressions;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Restore;
using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary>
/// <c>restore</c>: replaces the site by a backup, or by the files of another installation. Only a person who types the
/// site's name, or a script that gives it, can start it.
/// </summary>
internal static partial class RestoreCommand
{
    private static readonly Argument<string?> Backup = new("backup")
    {
        Description = "The id of a backup, or latest.",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "ID|latest",
    };

    private static readonly Option<string?> Files = File("--files", "The database dump of another installation.");

    private static readonly Option<string?> Public = File("--public", "Its archive of public files.");

    private static readonly Option<string?> Private = File("--private", "Its archive of private files.");

    private static readonly Option<string?> Configuration = File("--config", "Its site_config.json, with its keys.");

    private static readonly Option<bool> NoSafeguard = new("--no-safeguard")
    {
        Description = "Do not back up the site before it is replaced.",
    };

    public static Command Create() =>
        EngineRun.CommandOf(
            new Command("restore", "Replace the site by a backup, or by the files of another installation.") { Backup },
            ConfirmAsync,
            acceptChanges: _ => false,
            Files,
            Public,
            Private,
            Configuration,
            Replacement.Option,
            NoSafeguard
        );

    private static async Task<Operation> ConfirmAsync(
        Session session,
        ParseResult parsed,
        CancellationToken cancellation
    )
    {
        var request = Read(parsed);
        var site = session.ReadAnswers(tellWarnings: false).Settings.Answers.Site.Name;
        var operation = Operation.Restore(request, site);
        await Replacement.ConfirmAsync(
            session,
            parsed,
            site,
            request.CommandFor(site),
            StepId.RestoreSource,
            () => new RestoreLook(session.Open(operation: operation), request).ReadAsync(cancellation),
            cancellation
        );
        return operation;
    }

    private static RestoreRequest Read(ParseResult parsed)
    {
        var (id, dump) = (parsed.GetValue(Backup), parsed.GetValue(Files));
        if ((id is null) == (dump is null) || (id is not null && !Id().IsMatch(id)))
        {
            throw new InstallerException(
                ErrorCode.RestoreNotConfirmed,
                id is not null && dump is null ? $"{id} is not the id of a backup" : "Give either a backup or --files",
                "See the backups: erp-installer backups. Then: erp-installer restore ID"
            );
        }

        var files = dump is null
            ? null
            : new RestoreFiles(
                Path.GetFullPath(dump),
                FullPath(parsed.GetValue(Public)),
                FullPath(parsed.GetValue(Private)),
                FullPath(parsed.GetValue(Configuration))
            );
        return new RestoreRequest(id, files, !parsed.GetValue(NoSafeguard));
    }

    private static string? FullPath(string? path) => path is null ? null : Path.GetFullPath(path);

    private static Option<string?> File(string name, string description) =>
        new(name) { Description = description, HelpName = "FILE" };

    [GeneratedRegex(@"\A(latest|[0-9a-f]{4,64})\z")]
    private static partial Regex Id();
}
