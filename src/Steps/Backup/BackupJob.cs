using ErpInstaller.Answers;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Image;
using ErpInstaller.Outside.Host;
using ErpInstaller.Run;

namespace ErpInstaller.Backup;

/// <summary>
/// The job that writes, checks or lists backups: one container of the image that serves the site, beside the others. It
/// runs <c>backup.py</c>, which uses the restic of the image. The scheduled backups have a job of their own, because
/// registering a job again stops its container.
/// </summary>
/// <param name="authorities">CAs that restic trusts beside the public ones, as PEM; empty: none.</param>
internal sealed class BackupJob(StepSettings settings, JobInputs inputs, AssetSource assets, string authorities = "")
{
    /// <summary>Its one group.</summary>
    public const string Group = "backup";

    /// <summary>Its one task.</summary>
    public const string Task = "backup";

    /// <summary>Variable of the container: which of <see cref="BackupAction"/>.</summary>
    public const string ActionKey = "ACTION";

    /// <summary>Variable of the container: the name of the installer's run that it belongs to.</summary>
    public const string RunKey = "RUN";

    /// <summary>Variable of the container: the line with which the backup that is checked was reported.</summary>
    public const string CheckedKey = "CHECKED";

    private const string VolumeDirectory = "/backups";
    private const string AuthorityDirectory = "local/authorities";

    // restic took at most 150 MB for 1 GB of files (measured). bench and mariadb-dump end before it starts.
    private const int Memory = 1024;
    private const int Millicores = 500;

    private readonly Topology _topology = Topology.Of(settings, inputs);

    /// <summary>The job with the CAs that the answers ask for. A repository on the node needs none.</summary>
    /// <exception cref="InstallerException">The file of the CAs cannot be read.</exception>
    public static BackupJob Of(StepContext context, JobInputs inputs)
    {
        var answers = context.Answers.Backup;
        var authorities = answers.Repository is null or ['/', ..]
            ? ""
            : HostAuthorities
                .ReadAnswer(
                    "backup.ca_certificate",
                    answers.CaCertificate,
                    ErrorCode.BackupAuthorityMissing,
                    context.World.Host
                )
                .Pem;
        return new BackupJob(context.Settings, inputs, context.Assets, authorities);
    }

    /// <summary>The job for an action.</summary>
    public Job Build(BackupAction action)
    {
        var id = action.JobOf(settings.Answers);
        var group = _topology.Bench(
            new JobGroup
            {
                Name = Group,
                Restarts = false,
                Tasks = [Container(id, action)],
            },
            id,
            TemplateChange.Nothing
        );
        var mounts = action.Directories.Select(d => new JobMount(d, d) { IsReadOnly = true }).ToList();
        if (Local is { } local)
        {
            mounts.Add(local);
        }

        if (mounts.Count > 0)
        {
            group = group.WithTasks(t => t with { Mounts = [.. t.Mounts, .. mounts] }) with
            {
                Constraints = [.. group.Constraints, new JobConstraint("${node.unique.id}", inputs.Node.ID)],
            };
        }

        return ErpNextJobs.NewJob(id, inputs, _topology, [group]) with
        {
            IsBatch = true,
            Period = action.Period(settings.Answers.Backup),
        };
    }

    // The repository on the node itself, or null when it is at a server.
    private JobMount? Local =>
        settings.Answers.Backup.Repository switch
        {
            null => new JobMount($"{settings.Answers.Nomad.Job}-backups", VolumeDirectory),
            ['/', ..] directory => new JobMount(directory, directory),
            _ => null,
        };

    private static JobTemplate Secret(string id, string item) =>
        ErpNextJobs.Secret(VariablePaths.Of(id), item, item, BenchPaths.User);

    private JobTask Container(string id, BackupAction action) =>
        new()
        {
            Name = Task,
            Image = inputs.Image,
            // To give a new volume to the bench's user; then the script goes on as that user.
            User = "root",
            Command = $"{BenchPaths.Directory}/env/bin/python",
            Args = [$"/local/{action.Scripts[0]}"],
            Env = Environment(action),
            Templates =
            [
                .. action.Scripts.Select(s => new JobTemplate(
                    assets.Read($"deployment/{s}"),
                    $"local/{s}",
                    "0444",
                    BenchPaths.User
                )),
                .. authorities.Length == 0
                    ? Array.Empty<JobTemplate>()
                    : [new JobTemplate(authorities, $"{AuthorityDirectory}/ca.pem", "0444", BenchPaths.User)],
                Secret(id, VariablePaths.RepositoryPassword),
                .. action.GroupSecrets.Select(s =>
                    ErpNextJobs.Secret(ActionSecrets.PathOf(settings.Answers.Nomad.Job), s, s, BenchPaths.User)
                ),
                .. settings.Answers.Backup.Secret is null
                    ? Array.Empty<JobTemplate>()
                    : [Secret(id, VariablePaths.RepositorySecret)],
                .. action.Secrets.Select(s => Secret(id, s)),
            ],
            Mhz = inputs.ToMhz(Millicores),
            Memory = Memory,
        };

    private Dictionary<string, string> Environment(BackupAction action)
    {
        var answers = settings.Answers;
        var environment = new Dictionary<string, string>
        {
            [ActionKey] = action.Word,
            [RunKey] = action.Run,
            ["SITE"] = answers.Site.Name,
            ["REPOSITORY"] = answers.Backup.Repository ?? VolumeDirectory,
            ["REPOSITORY_USER"] = answers.Backup.User ?? "",
        };
        if (authorities.Length > 0)
        {
            // Go reads the image's own CAs as well (crypto/x509, root_unix.go).
            environment["SSL_CERT_DIR"] = $"/{AuthorityDirectory}";
        }

        foreach (var (name, value) in action.Environment(settings, inputs))
        {
            environment[name] = value;
        }

        return environment;
    }
}

/// <summary>What a run of the backup job does.</summary>
/// <param name="Word">The script's word for it.</param>
/// <param name="Run">Name of the installer's run.</param>
internal abstract record BackupAction(string Word, string Run)
{
    /// <summary>The id of the job that does it.</summary>
    public virtual string JobOf(AnswerFile answers) => new JobIds(answers.Nomad.Job).Backup;

    /// <summary>When it happens again and again; null: once, when the job is registered.</summary>
    public virtual JobPeriod? Period(BackupAnswers answers) => null;

    /// <summary>Its script, then the modules that this one imports.</summary>
    public virtual IReadOnlyList<string> Scripts => ["backup.py", "site_backup.py"];

    /// <summary>Items of the job's Variable that it needs beside those of the repository.</summary>
    public virtual IReadOnlyList<string> Secrets => [];

    /// <summary>Directories of the node that it reads.</summary>
    public virtual IReadOnlyList<string> Directories => [];

    /// <summary>The error for the script's last line.</summary>
    public virtual InstallerException ErrorOf(BackupLine line, StepContext context) =>
        BackupErrors.Failed(line, WordsIn(context), context.Answers);

    /// <summary>What it is in an error.</summary>
    public BackupWords WordsIn(StepContext context) => new(Noun, AgainIn(context));

    /// <summary>What it is, at the begin of a sentence.</summary>
    protected abstract string Noun { get; }

    /// <summary>The command that does it again: that of the run, unless it belongs to one of its own.</summary>
    protected virtual string AgainIn(StepContext context) => context.Command;

    /// <summary>The variables of the container that only this action has.</summary>
    public abstract IReadOnlyDictionary<string, string> Environment(StepSettings settings, JobInputs inputs);

    /// <summary>Items of the Variable of the job's group, see <see cref="ActionSecrets"/>.</summary>
    public virtual IReadOnlyList<string> GroupSecrets => [];

    private static string Number(int value) => FormattableString.Invariant($"{value}");

    /// <summary>Writes a backup, then removes those that the answers do not keep.</summary>
    /// <param name="By">What asked for it.</param>
    public record Write(string Run, string By, string Word = "backup") : BackupAction(Word, Run)
    {
        /// <inheritdoc/>
        protected override string Noun => "The backup";

        /// <inheritdoc/>
        public override IReadOnlyDictionary<string, string> Environment(StepSettings settings, JobInputs inputs) =>
            new Dictionary<string, string>
            {
                ["BY"] = By,
                ["APPS"] = string.Join(' ', inputs.Apps),
                ["KEEP_DAILY"] = Number(settings.Answers.Backup.KeepDaily),
                ["KEEP_WEEKLY"] = Number(settings.Answers.Backup.KeepWeekly),
                ["KEEP_MONTHLY"] = Number(settings.Answers.Backup.KeepMonthly),
            };
    }

    /// <summary>
    /// Writes a backup every day and reads it back; once a week it also reads all data of the repository.
    /// </summary>
    public sealed record Daily() : Write(Run: "", By: "schedule", Word: "daily")
    {
        /// <inheritdoc/>
        public override string JobOf(AnswerFile answers) => new JobIds(answers.Nomad.Job).Schedule;

        /// <inheritdoc/>
        public override JobPeriod? Period(BackupAnswers answers) =>
            answers.Schedule?.Split(':') is [var hour, var minute]
                ? new JobPeriod($"{Without0(minute)} {Without0(hour)} * * *", answers.TimeZone)
                : null;

        private static string Without0(string number) => number[0] == '0' ? number[1..] : number;
    }

    /// <summary>Reads a backup back and compares it with what was written.</summary>
    /// <param name="Written">The backup.</param>
    public sealed record Check(string Run, BackupOutputs Written) : BackupAction("check", Run)
    {
        /// <inheritdoc/>
        protected override string Noun => "The check of the backup";

        /// <inheritdoc/>
        public override IReadOnlyDictionary<string, string> Environment(StepSettings settings, JobInputs inputs) =>
            new Dictionary<string, string>
            {
                ["SNAPSHOT"] = Written.Snapshot,
                ["READ_DATA"] = "0",
                [BackupJob.CheckedKey] = Written.Line,
            };
    }

    /// <summary>
    /// Closes the site for its visitors, pauses the scheduler and waits for the workers. If they do not finish, it
    /// opens the site again.
    /// </summary>
    /// <param name="IsServed">The application runs, so that workers can finish their jobs.</param>
    public sealed record Close(string Run, bool IsServed) : BackupAction("close", Run)
    {
        /// <inheritdoc/>
        protected override string Noun => "The closing of the site";

        /// <inheritdoc/>
        public override IReadOnlyList<string> Scripts => UpdateScripts;

        /// <inheritdoc/>
        public override IReadOnlyList<string> GroupSecrets => [ActionSecrets.Pass];

        /// <inheritdoc/>
        public override IReadOnlyDictionary<string, string> Environment(StepSettings settings, JobInputs inputs) =>
            new Dictionary<string, string>
            {
                ["APPS"] = string.Join(' ', inputs.Apps),
                ["IMAGE"] = inputs.Image,
                ["WAIT_SECONDS"] = Number(IsServed ? settings.Answers.Deadlines.Workers * 60 : 0),
            };
    }

    /// <summary>Opens the site again.</summary>
    public sealed record Open(string Run) : BackupAction("open", Run)
    {
        /// <inheritdoc/>
        protected override string Noun => "The opening of the site";

        /// <inheritdoc/>
        public override IReadOnlyList<string> Scripts => UpdateScripts;

        /// <inheritdoc/>
        public override IReadOnlyDictionary<string, string> Environment(StepSettings settings, JobInputs inputs) =>
            new Dictionary<string, string>();
    }

    /// <summary>Takes apps out of the site, which is closed. The image has them.</summary>
    /// <param name="Removed">The apps, in the order in which they are removed.</param>
    public sealed record Uninstall(string Run, IReadOnlyList<string> Removed) : BackupAction("uninstall", Run)
    {
        /// <inheritdoc/>
        protected override string Noun => "The removal of the apps";

        /// <inheritdoc/>
        public override IReadOnlyList<string> Scripts => UpdateScripts;

        /// <inheritdoc/>
        public override IReadOnlyDictionary<string, string> Environment(StepSettings settings, JobInputs inputs) =>
            new Dictionary<string, string>
            {
                ["APPS"] = string.Join(' ', inputs.Apps),
                ["REMOVE"] = string.Join(' ', Removed),
            };
    }

    /// <summary>Asks whether the site is closed, and by which update.</summary>
    public sealed record Find(string Run) : BackupAction("find", Run)
    {
        /// <inheritdoc/>
        protected override string Noun => "The look at the site";

        /// <inheritdoc/>
        public override IReadOnlyList<string> Scripts => UpdateScripts;

        /// <inheritdoc/>
        public override IReadOnlyDictionary<string, string> Environment(StepSettings settings, JobInputs inputs) =>
            new Dictionary<string, string>();
    }

    /// <summary>Counts what was written since an update.</summary>
    /// <param name="Snapshot">The backup of before.</param>
    /// <param name="Since">When the updated site was opened.</param>
    public sealed record Lost(string Run, string Snapshot, DateTimeOffset Since) : BackupAction("lost", Run)
    {
        /// <inheritdoc/>
        protected override string Noun => "The count of what a rollback would lose";

        /// <inheritdoc/>
        protected override string AgainIn(StepContext context) => "erp-installer rollback";

        /// <inheritdoc/>
        public override IReadOnlyList<string> Scripts => [.. UpdateScripts, "restore.py", "image.py"];

        /// <inheritdoc/>
        public override IReadOnlyList<string> GroupSecrets => [VariablePaths.RootPassword];

        /// <inheritdoc/>
        public override IReadOnlyDictionary<string, string> Environment(StepSettings settings, JobInputs inputs) =>
            new Dictionary<string, string>
            {
                ["APPS"] = string.Join(' ', inputs.Apps),
                ["SNAPSHOT"] = Snapshot,
                ["SINCE"] = FormattableString.Invariant($"{Since.ToUnixTimeSeconds()}"),
            };

        /// <inheritdoc/>
        public override InstallerException ErrorOf(BackupLine line, StepContext context) =>
            BackupErrors.NotCounted(line, WordsIn(context), context.Answers);
    }

    /// <summary>Restores the backup that was made before an update. The application is stopped.</summary>
    /// <param name="Snapshot">The backup.</param>
    public sealed record Back(string Run, string Snapshot) : BackupAction("back", Run)
    {
        /// <inheritdoc/>
        protected override string Noun => "The way back";

        /// <inheritdoc/>
        public override IReadOnlyList<string> Scripts => [.. UpdateScripts, "restore.py", "image.py"];

        /// <inheritdoc/>
        public override IReadOnlyList<string> GroupSecrets => [VariablePaths.RootPassword, VariablePaths.AdminPassword];

        /// <inheritdoc/>
        public override IReadOnlyDictionary<string, string> Environment(StepSettings settings, JobInputs inputs) =>
            new Dictionary<string, string> { ["APPS"] = string.Join(' ', inputs.Apps), ["SNAPSHOT"] = Snapshot };
    }

    private static IReadOnlyList<string> UpdateScripts => ["update.py", "site_backup.py"];

    /// <summary>Lists the backups.</summary>
    public sealed record List(string Run) : BackupAction("list", Run)
    {
        /// <inheritdoc/>
        protected override string Noun => "The list of the backups";

        /// <inheritdoc/>
        protected override string AgainIn(StepContext context) => "erp-installer backups";

        /// <inheritdoc/>
        public override IReadOnlyDictionary<string, string> Environment(StepSettings settings, JobInputs inputs) =>
            new Dictionary<string, string>();
    }
}
