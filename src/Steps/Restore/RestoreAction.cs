using ErpInstaller.Answers;
using ErpInstaller.Backup;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Run;

namespace ErpInstaller.Restore;

/// <summary>A run of <c>restore.py</c>, in a job of its own beside the others.</summary>
/// <param name="Word">look, prepare or restore.</param>
/// <param name="Run">Name of the installer's run.</param>
/// <param name="Request">What is restored.</param>
internal sealed record RestoreAction(string Word, string Run, RestoreRequest Request)
    : BackupAction(Word, $"{Run} {Request}")
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts => ["restore.py", "site_backup.py", "image.py"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Secrets => [VariablePaths.RootPassword, VariablePaths.AdminPassword];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Directories =>
        Request.Files is { } files
            ?
            [
                .. new[] { files.Database, files.Public, files.Private, files.Configuration }
                    .OfType<string>()
                    .Select(f => Path.GetDirectoryName(f)!)
                    .Distinct(),
            ]
            : [];

    /// <inheritdoc/>
    public override string JobOf(AnswerFile answers) => new JobIds(answers.Nomad.Job).Restore;

    /// <inheritdoc/>
    public override InstallerException ErrorOf(BackupLine line, StepContext context) =>
        RestoreErrors.Failed(line, Request, WordsIn(context), context.Answers);

    /// <inheritdoc/>
    protected override string Noun => "The restore";

    /// <inheritdoc/>
    protected override string AgainIn(StepContext context) => Request.CommandFor(context.Answers.Site.Name);

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Environment(StepSettings settings, JobInputs inputs)
    {
        var environment = new Dictionary<string, string>
        {
            ["APPS"] = string.Join(' ', inputs.Apps),
            // In a cluster the sites are on a volume of their own.
            ["ONE_DISK"] = inputs.Cluster is null ? "1" : "0",
        };
        if (Request.Files is { } files)
        {
            environment["DATABASE"] = files.Database;
            environment["PUBLIC"] = files.Public ?? "";
            environment["PRIVATE"] = files.Private ?? "";
            environment["CONFIG"] = files.Configuration ?? "";
        }
        else
        {
            environment["SNAPSHOT"] = Request.Snapshot!;
        }

        return environment;
    }
}
