using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Host;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// Disk space for Docker's images and volumes, by the chosen apps: 50 GB for the guide's eight ("50 GB disk");
/// and for Nomad's allocations and temporary files. Directories on one file system share its space: only the largest
/// need counts.
/// </summary>
internal sealed class DiskCheck : HostCheck<DiskFact>
{
    // Docker's default, used when the engine does not answer. The docker check reports that.
    private const string DefaultDockerRoot = "/var/lib/docker";

    private const string DockerMove = "Docker: \"data-root\" in /etc/docker/daemon.json";
    private const string ImagesMove =
        "containerd, which has the images: root = \"/data/containerd\" in /etc/containerd/config.toml";

    /// <inheritdoc/>
    public override string Id => CheckId.Disk;

    /// <inheritdoc/>
    public override string Needed(AnswerFile answers) =>
        DiskNeed.Of(DiskPurpose.Docker, answers, again: false).ToString();

    /// <inheritdoc/>
    public override async Task<DiskFact> CollectAsync(HostProbe probe, CancellationToken cancellation)
    {
        var uses = new List<DiskUse> { Use(DiskPurpose.Docker, await DockerRootAsync(probe, cancellation), probe) };
        if (await ImagesApartAsync(probe, cancellation))
        {
            uses.Add(Use(DiskPurpose.Images, probe.Host.ContainerdDirectory, probe));
        }

        if (await NomadDirectoryAsync(probe, cancellation) is { Length: > 0 } nomad)
        {
            uses.Add(Use(DiskPurpose.Nomad, nomad, probe));
        }

        uses.Add(Use(DiskPurpose.Temporary, probe.Host.TemporaryDirectory, probe));
        return new DiskFact(uses, FirstPassed(uses[0], probe));
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
            $"{Amounts.Disk(disk.FreeBytes)} free on {disk.MountPoint} "
            + $"({string.Join(", ", uses.Select(u => Describe(u, kind)))})";
        return new Verdict(
            kind,
            found,
            $"{need} on {disk.MountPoint}",
            kind == VerdictKind.Pass ? "" : Hint([.. uses.Select(u => u.Purpose)], disk)
        );
    }

    // A need that is met is named without its size.
    private static string Describe(DiskUse use, VerdictKind kind) =>
        (use.Purpose, kind) switch
        {
            (DiskPurpose.Temporary, _) => use.Path,
            (_, VerdictKind.Pass) => $"{use.Purpose}",
            _ => $"{use.Purpose}: {use.Path}",
        };

    // Containerd's image store stays where it is when Docker's data-root is moved.
    private static string Hint(IReadOnlyList<DiskPurpose> purposes, FileSystemReading disk)
    {
        string[] moves =
        [
            .. purposes.Contains(DiskPurpose.Docker) ? [DockerMove] : Array.Empty<string>(),
            .. purposes.Contains(DiskPurpose.Images) ? [ImagesMove] : Array.Empty<string>(),
        ];
        return moves.Length > 0
            ? $"Free disk space on {disk.MountPoint} (docker system df; docker system prune), or move "
                + string.Join(", and ", moves)
            : $"Free disk space on {disk.MountPoint}: du -xh --max-depth=2 {disk.MountPoint} | sort -h | tail";
    }

    private static DiskUse Use(DiskPurpose purpose, string path, HostProbe probe) =>
        new(purpose, path, probe.Host.ReadFileSystem(path));

    private static async Task<string> DockerRootAsync(HostProbe probe, CancellationToken cancellation)
    {
        try
        {
            return (await probe.DockerInfoAsync(cancellation)).RootDirectory;
        }
        catch (DockerUnreachable)
        {
            return DefaultDockerRoot;
        }
    }

    // A containerd that the engine starts itself keeps its images below the engine's directory.
    private static async Task<bool> ImagesApartAsync(HostProbe probe, CancellationToken cancellation)
    {
        try
        {
            return await probe.DockerInfoAsync(cancellation) is { HasContainerdStore: true, OwnContainerd: false };
        }
        catch (DockerUnreachable)
        {
            return false;
        }
    }

    // Only the agent on this host reports a path that means something here.
    private static async Task<string?> NomadDirectoryAsync(HostProbe probe, CancellationToken cancellation)
    {
        if (!probe.Host.ReadIdentity().Has(probe.Nomad.Address))
        {
            return null;
        }

        try
        {
            return (await probe.AgentAsync(cancellation)).Config.DataDir;
        }
        catch (InstallerException)
        {
            return null;
        }
    }

    private DateTimeOffset? FirstPassed(DiskUse docker, HostProbe probe)
    {
        if (
            probe.Previous is not { } previous
            || previous.Find<DiskFact>() is not { } before
            || before.Uses.FirstOrDefault(u => u.Purpose == DiskPurpose.Docker)?.FileSystem.Device
                != docker.FileSystem.Device
        )
        {
            return null;
        }

        var passed = Judge(before, probe.Answers).Kind is VerdictKind.Pass or VerdictKind.Warn;
        return before.FirstPassed ?? (passed ? previous.CollectedAt : null);
    }
}
