using ErpInstaller.HostChecks.Facts;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// Engines that answer like Docker, and on which the containers that Nomad starts cannot work.
/// </summary>
internal static class UnsuitableEngine
{
    private const string SnapData = "/var/snap/";
    private const string Packages = "https://docs.docker.com/engine/install/";

    /// <summary>The verdict on such an engine; null: it is none of them.</summary>
    public static Verdict? Find(DockerFact fact)
    {
        bool Has(string option) => fact.SecurityOptions?.Contains(option) == true;
        return fact switch
        {
            { Product: { } product } => Failed(
                $"{product} {fact.Version} answers at Docker's socket",
                "Docker: Nomad's docker driver does not work with another engine",
                "Remove podman-docker and stop Podman's socket (systemctl disable --now podman.socket), then install "
                    + $"Docker: {Packages}"
            ),
            // First, because a rootless engine reports further options.
            _ when Has("rootless") => Failed(
                $"Docker {fact.Version} runs rootless, as a user's own engine",
                "Docker run by root: it mounts directories that belong to the Nomad client",
                "Use root's engine: unset DOCKER_HOST; docker context use default; sudo systemctl enable --now docker"
            ),
            _ when Has("userns") => Failed(
                $"Docker {fact.Version} maps the users of containers to other ids (userns-remap)",
                "Docker without userns-remap: the containers' users own files that Nomad writes",
                "Remove \"userns-remap\" from /etc/docker/daemon.json (or from dockerd's arguments: systemctl cat "
                    + "docker), then sudo systemctl restart docker. Its present images and volumes stay on the disk, "
                    + "and it does not show them any more"
            ),
            { RootDirectory: { } root } when root.StartsWith(SnapData, StringComparison.Ordinal) => Failed(
                $"Docker {fact.Version} is the snap's ({root}), which does not see Nomad's directories",
                "Docker from a package of the distribution, or Docker's own",
                "Save what its volumes hold, then: sudo snap remove docker && sudo apt-get install docker.io   "
                    + $"(other systems: {Packages})"
            ),
            { StorageDriver: "vfs" } => Failed(
                $"Docker {fact.Version} stores each layer as a whole copy (storage driver vfs)",
                "a storage driver that shares layers, for example overlay2",
                "Set \"storage-driver\": \"overlay2\" in /etc/docker/daemon.json, then sudo systemctl restart docker. "
                    + "It needs a data-root on ext4, or on xfs with ftype=1 (xfs_info)"
            ),
            _ => null,
        };
    }

    private static Verdict Failed(string found, string needed, string hint) =>
        new(VerdictKind.Fail, found, needed, hint);
}
