using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Host;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// Room where this engine keeps images and volumes, by the chosen apps: 50 GB with the guide's eight ("50 GB disk");
/// and some for Nomad's allocations and temporary files. Directories on one file system share its room: the largest
/// need counts, once.
/// </summary>
public sealed class DiskCheck : HostCheck<DiskFact>
{
    // Docker's own default, for when the engine does not answer; the check of the engine says that it does not.
    private const string DefaultDockerRoot = "/var/lib/docker";
    private const string ContainerdRoot = "/var/lib/containerd";

    /// <inheritdoc/>
    public override string Id => CheckId.Disk;

    /// <inheritdoc/>
    public override string Needed(AnswerFile answers) =>
        DiskNeed.Of(DiskPurpose.Docker, answers, again: false).ToString();

    /// <inheritdoc/>
    public override async Task<DiskFact> CollectAsync(HostSurvey survey, CancellationToken cancellation)
    {
        var uses = new List<DiskUse> { Use(DiskPurpose.Docker, await DockerRootAsync(survey, cancellation), survey) };
        if (await ImagesApartAsync(survey, cancellation))
        {
            uses.Add(Use(DiskPurpose.Images, ContainerdRoot, survey));
        }

        if (await NomadDirectoryAsync(survey, cancellation) is { Length: > 0 } nomad)
        {
            uses.Add(Use(DiskPurpose.Nomad, nomad, survey));
        }

        uses.Add(Use(DiskPurpose.Temporary, survey.Host.TemporaryDirectory, survey));
        return new DiskFact(uses, FirstPassed(uses[0], survey));
    }

    /// <inheritdoc/>
    public override Verdict Judge(DiskFact fact, AnswerFile answers)
    {
        var again = fact.FirstPassed is not null;
        var docker = fact.Uses[0].FileSystem.Device;
        var apart = fact.Uses.Any(u => u.Purpose == DiskPurpose.Images && u.FileSystem.Device != docker);
        var judged = fact
            .Uses.GroupBy(u => u.FileSystem.Device)
            .Select(uses => Judge([.. uses], u => DiskNeed.Of(u.Purpose, answers, again, apart)))
            .ToList();
        var worst = judged.MaxBy(v => v.Kind)!;
        return worst with
        {
            Found = string.Join("; ", judged.Select(v => v.Found)),
            Needed = string.Join("; ", judged.Select(v => v.Needed)),
        };
    }

    private static Verdict Judge(IReadOnlyList<DiskUse> uses, Func<DiskUse, DiskNeed> needOf)
    {
        var need = uses.Select(needOf).MaxBy(n => n.Bytes)!;
        var disk = uses[0].FileSystem;
        var kind = need.Judge(disk.FreeBytes);
        var found =
            $"{Amounts.Disk(disk.FreeBytes)} free on {disk.MountPoint} ({string.Join(", ", uses.Select(u => Describe(u, kind)))})";
        return new Verdict(
            kind,
            found,
            $"{need} on {disk.MountPoint}",
            kind == VerdictKind.Pass ? "" : Hint(uses[0], disk)
        );
    }

    // Where there is room it is enough to know for whom.
    private static string Describe(DiskUse use, VerdictKind kind) =>
        (use.Purpose, kind) switch
        {
            (DiskPurpose.Temporary, _) => use.Path,
            (_, VerdictKind.Pass) => $"{use.Purpose}",
            _ => $"{use.Purpose}: {use.Path}",
        };

    private static string Hint(DiskUse use, FileSystemReading disk) =>
        use.Purpose == DiskPurpose.Docker
            ? $"Make room on {disk.MountPoint} (docker system df; docker system prune), or move Docker: \"data-root\" in /etc/docker/daemon.json"
            : $"Make room on {disk.MountPoint}: du -xh --max-depth=2 {disk.MountPoint} | sort -h | tail";

    private static DiskUse Use(DiskPurpose purpose, string path, HostSurvey survey) =>
        new(purpose, path, survey.Host.ReadFileSystem(path));

    private static async Task<string> DockerRootAsync(HostSurvey survey, CancellationToken cancellation)
    {
        try
        {
            return (await survey.DockerInfoAsync(cancellation)).RootDirectory;
        }
        catch (DockerUnreachable)
        {
            return DefaultDockerRoot;
        }
    }

    // "overlayfs" is the name of containerd's snapshotter, "overlay2" that of the engine's own storage driver. A
    // containerd that the engine starts itself keeps its images below the engine's directory. The engine does not
    // tell where another one does: this is containerd's default, and packages keep it.
    private static async Task<bool> ImagesApartAsync(HostSurvey survey, CancellationToken cancellation)
    {
        try
        {
            return await survey.DockerInfoAsync(cancellation) is { StorageDriver: "overlayfs", OwnContainerd: false };
        }
        catch (DockerUnreachable)
        {
            return false;
        }
    }

    // Told by the agent of this host only: the paths of another mean nothing here.
    private static async Task<string?> NomadDirectoryAsync(HostSurvey survey, CancellationToken cancellation)
    {
        if (!survey.Host.ReadIdentity().Has(survey.Nomad.Address))
        {
            return null;
        }

        try
        {
            return (await survey.AgentAsync(cancellation)).Config.DataDir;
        }
        catch (InstallerException)
        {
            return null;
        }
    }

    private DateTimeOffset? FirstPassed(DiskUse docker, HostSurvey survey)
    {
        if (
            survey.Previous is not { } previous
            || previous.Find<DiskFact>() is not { } before
            || before.Uses.FirstOrDefault(u => u.Purpose == DiskPurpose.Docker)?.FileSystem.Device
                != docker.FileSystem.Device
        )
        {
            return null;
        }

        var passed = Judge(before, survey.Answers).Kind is VerdictKind.Pass or VerdictKind.Warn;
        return before.FirstPassed ?? (passed ? previous.CollectedAt : null);
    }
}
