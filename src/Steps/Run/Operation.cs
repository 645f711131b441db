using ErpInstaller.Core.Text;

namespace ErpInstaller.Run;

/// <summary>
/// What a run does. Every operation is a list of steps on the same engine, with a state file of its own.
/// </summary>
public sealed record Operation
{
    /// <summary>The id of <see cref="Install"/>.</summary>
    public const string InstallId = "install";

    /// <summary>The id of <see cref="Backup"/>.</summary>
    public const string BackupId = "backup";

    /// <summary>The id of <see cref="Restore"/>.</summary>
    public const string RestoreId = "restore";

    /// <summary>The id of <see cref="Rollback"/>.</summary>
    public const string RollbackId = "rollback";

    /// <summary>The id of <see cref="Remove"/>.</summary>
    public const string RemoveId = "remove";

    private Operation(string id, string hint) => (Id, Hint) = (id, hint);

    /// <summary>Installs or updates the site as the answers describe it. Each run continues the last one.</summary>
    public static readonly Operation Install = new(
        InstallId,
        "erp-installer status shows the steps; erp-installer plan checks whether they are still in place"
    );

    /// <summary>
    /// Writes one backup and reads it back. Each run makes a new one, unless the last was interrupted.
    /// </summary>
    public static readonly Operation Backup = new(BackupId, "erp-installer backups lists all backups");

    /// <summary>Replaces the site by a backup, or by the files of another installation.</summary>
    /// <param name="site">The name of the site, as the operator confirmed it.</param>
    public static Operation Restore(RestoreRequest request, string site) =>
        new(RestoreId, "erp-installer backups lists all backups; the newest one by safeguard has what was replaced")
        {
            Request = request,
            Words = [.. request.WordsFor(site)],
        };

    /// <summary>Brings back the image and the data of before the last update.</summary>
    /// <param name="site">The name of the site, as the operator confirmed it.</param>
    public static Operation Rollback(string site) =>
        new(
            RollbackId,
            "the answers still name the newer image, so erp-installer install updates again; the newest backup by "
                + "safeguard has what was taken away: erp-installer backups"
        )
        {
            Words = ["--replace", site],
        };

    /// <summary>Removes the installation.</summary>
    /// <param name="site">The name of the site, as the operator confirmed it.</param>
    public static Operation Remove(RemovalRequest request, string site) =>
        new(
            RemoveId,
            request.Data
                ? "erp-installer install begins anew"
                : "the data is there: erp-installer install serves it again, with the same answers"
        )
        {
            Removal = request,
            Words = [.. request.WordsFor(site)],
        };

    /// <summary>What a removal removes; null: it is none.</summary>
    internal RemovalRequest? Removal { get; private init; }

    /// <summary>The source of a restore; null: this is another operation.</summary>
    internal RestoreRequest? Request { get; private init; }

    /// <summary>Its name: a command of this program, the name of its state file, a word in events.</summary>
    public string Id { get; }

    /// <summary>Shown after it ended well.</summary>
    public string Hint { get; }

    /// <summary>The arguments after the id with which another process runs the same operation.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>The command that runs it again.</summary>
    internal string Command => string.Join(' ', Words.Select(ShellWord.Of).Prepend(Id).Prepend("erp-installer"));

    /// <summary>
    /// Whether a run continues the last one, however that ended, and keeps the answers as the accepted ones.
    /// </summary>
    internal bool IsInstall => this == Install;
}

/// <summary>What a removal removes besides jobs, network and image. Both cannot be undone.</summary>
/// <param name="Job">The job of the answers, as the operator names it.</param>
/// <param name="Data">The data of the site, with its passwords.</param>
/// <param name="Backups">The backups in the volume of the node, and the password of the repository.</param>
public sealed record RemovalRequest(string Job, bool Data, bool Backups)
{
    /// <summary>The command that removes it.</summary>
    /// <param name="site">The name of the site.</param>
    public string CommandFor(string site) =>
        $"erp-installer remove {string.Join(' ', WordsFor(site).Select(ShellWord.Of))}";

    internal IEnumerable<string> WordsFor(string site) =>
        ["--site", site, .. Data ? (string[])["--data", Job] : [], .. Backups ? (string[])["--backups", Job] : []];
}

/// <summary>The source of a restore.</summary>
/// <param name="Snapshot">The id of a backup, or latest; null: <paramref name="Files"/>.</param>
/// <param name="Files">Files of another installation; null: a backup.</param>
/// <param name="Safeguard">Whether the site is backed up before it is replaced.</param>
public sealed record RestoreRequest(string? Snapshot, RestoreFiles? Files, bool Safeguard)
{
    /// <summary>The newest backup, except those that were made before a restore or an update.</summary>
    public const string Latest = "latest";

    /// <summary>Its description in one line.</summary>
    public override string ToString() => Files is null ? $"backup {Snapshot}" : Files.Database;

    /// <summary>The command that restores it.</summary>
    /// <param name="site">The name of the site that is replaced.</param>
    public string CommandFor(string site) =>
        $"erp-installer restore {string.Join(' ', WordsFor(site).Select(ShellWord.Of))}";

    internal IEnumerable<string> WordsFor(string site) =>
        [
            .. Files is null ? [Snapshot!] : Files.Options(),
            "--replace",
            site,
            .. Safeguard ? Array.Empty<string>() : ["--no-safeguard"],
        ];
}

/// <summary>The files that <c>bench backup --with-files</c> wrote elsewhere: absolute paths on the node.</summary>
public sealed record RestoreFiles(string Database, string? Public, string? Private, string? Configuration)
{
    /// <summary>The arguments of a command that names them.</summary>
    internal IEnumerable<string> Options() =>
        new[] { ("--files", Database), ("--public", Public), ("--private", Private), ("--config", Configuration) }
            .Where(o => o.Item2 is not null)
            .SelectMany(o => new[] { o.Item1, o.Item2! });
}
