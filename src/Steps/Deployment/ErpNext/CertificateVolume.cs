using ErpInstaller.Answers;
using ErpInstaller.Certificate;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Image;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>
/// Certificate and key as a file in a host volume of the node, for <c>delivery = "host-volume"</c>. They are one file:
/// while two are replaced, nginx could start with a pair that does not match.
/// </summary>
internal sealed class CertificateVolume(StepContext context, NomadNode node)
{
    /// <summary>Where the frontend mounts it.</summary>
    public const string Directory = "/certificate";

    /// <summary>The file in it: the chain, the site's certificate first, then its key.</summary>
    public const string FileName = "site.pem";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int Reader = BenchPaths.User;

    private string Name => NameOf(context.Answers.Nomad.Job);

    /// <summary>The host volume's name. Like the jobs, it is named after the application job.</summary>
    public static string NameOf(string job) => $"{job}-ssl";

    /// <summary>Whether the answers ask for it.</summary>
    public static bool IsWanted(AnswerFile answers) =>
        answers.Certificate.Mode.ServesTls() && answers.Certificate.Delivery == CertificateDelivery.HostVolume;

    /// <summary>What <see cref="WriteAsync"/> would do, and the error if it cannot.</summary>
    public async Task<(PlannedChange? Change, InstallerException? Obstacle)> LookAsync(CancellationToken cancellation)
    {
        if (!IsWanted(context.Answers))
        {
            return (null, null);
        }

        var volume = node.HostVolumes?.GetValueOrDefault(Name);
        var change = new PlannedChange(
            ChangeKind.Update,
            $"host volume {Name}",
            $"certificate and key in {FileIn(volume)}"
        );
        try
        {
            if (await ObstacleAsync(volume, cancellation) is { } obstacle)
            {
                return (change, obstacle);
            }

            if (!File.Exists(FileIn(volume)))
            {
                return (change with { Kind = ChangeKind.Create }, null);
            }

            return (IsInPlace(FileIn(volume)) ? null : change, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (change, HostVolumeUnusable.Denied(FileIn(volume), e));
        }
    }

    /// <summary>
    /// Writes the file atomically if it is missing or different. Only the container's user can read it.
    /// </summary>
    /// <exception cref="InstallerException">It cannot be written.</exception>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        var (change, obstacle) = await LookAsync(cancellation);
        if (obstacle is not null)
        {
            throw obstacle;
        }

        if (change is not null)
        {
            Write(node.HostVolumes![Name].Path);
        }
    }

    private static string FileIn(NomadHostVolume? volume) => Path.Combine(volume?.Path ?? "", FileName);

    private async Task<InstallerException?> ObstacleAsync(NomadHostVolume? volume, CancellationToken cancellation)
    {
        if (volume is null)
        {
            return HostVolumeUnusable.Missing(Name, node.Name);
        }

        var host = context.World.Host.ReadIdentity();
        if (
            !host.IsNode(
                node.Address,
                node.HostName,
                await IsAgentsAsync(host.Has(context.World.Nomad.Address), cancellation)
            )
        )
        {
            return HostVolumeUnusable.Elsewhere(Name, node.Name, host.Name);
        }

        return context.World.IsRehearsal ? null
            : !System.IO.Directory.Exists(volume.Path) ? HostVolumeUnusable.NoDirectory(Name, volume.Path)
            : !MayEnter(volume.Path) ? HostVolumeUnusable.Closed(volume.Path, Reader)
            : null;
    }

    private async Task<bool> IsAgentsAsync(bool isLocal, CancellationToken cancellation) =>
        isLocal && (await context.World.Nomad.GetAgentAsync(cancellation)).Stats.Client?.NodeId == node.ID;

    private static bool MayEnter(string path) =>
        (
            File.GetUnixFileMode(path)
            & (PosixFile.OwnerOf(path) == Reader ? UnixFileMode.UserExecute : UnixFileMode.OtherExecute)
        ) != 0;

    private bool IsInPlace(string path) =>
        File.ReadAllText(path) == Text()
        && (
            context.World.IsRehearsal || (PosixFile.OwnerOf(path) == Reader && File.GetUnixFileMode(path) == OwnerOnly)
        );

    // Null before the certificate is made.
    private string? Text() =>
        CertificateFiles.Of(context.Earlier<CertificateOutputs>(), context.Directory, context.Secrets) is { } files
            ? $"{files.ChainPem.TrimEnd()}\n{files.KeyPem}"
            : null;

    private void Write(string directory)
    {
        if (context.World.IsRehearsal)
        {
            System.IO.Directory.CreateDirectory(directory);
        }

        var path = Path.Combine(directory, FileName);
        try
        {
            AtomicFile.Write(path, Text()!, OwnerOnly, context.World.IsRehearsal ? null : Reader);
        }
        catch (StateDirectoryUnusable e)
        {
            throw HostVolumeUnusable.Denied(path, e.InnerException ?? e);
        }
    }
}
