using ErpInstaller.Answers;
using ErpInstaller.Core.Ids;
using ErpInstaller.Core.Text;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Outside.Host;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// The client's docker plugin mounts named volumes. This is off by default, and Nomad reports it only when
/// a task starts: "volumes are not enabled; cannot mount volume". A certificate that is delivered in a host volume
/// needs that volume too.
/// </summary>
internal sealed class NomadVolumesCheck : HostCheck<NomadVolumesFact>
{
    /// <summary>The setting that lets containers read Nomad's files under SELinux.</summary>
    public const string SettingWithSelinux = "volumes { enabled = true, selinuxlabel = \"z\" }";

    private const string Setting = "volumes { enabled = true }";

    // The type that the policy gives to files of containers (container-selinux).
    private const string ContainerType = ":container_file_t:";

    /// <inheritdoc/>
    public override string Id => CheckId.NomadVolumes;

    /// <inheritdoc/>
    public override string Needed(AnswerFile answers) =>
        "the client's docker plugin with volumes { enabled = true }"
        + (HostVolume(answers) is { } name ? $", host volume {name}" : "");

    /// <inheritdoc/>
    public override async Task<NomadVolumesFact> CollectAsync(HostProbe probe, CancellationToken cancellation)
    {
        var node = await probe.NodeAsync(cancellation);
        var others = (await probe.ClusterAsync(cancellation))?.Members.Where(m => m.Node.ID != node.ID);
        return new NomadVolumesFact(
            node.Name,
            node.VolumesEnabled,
            others?.Select(m => new NomadVolumesFact(m.Node.Name, m.Node.VolumesEnabled)).ToList()
        )
        {
            HostVolumes = node.HostVolumes is { Count: > 0 } volumes
                ? [.. volumes.Keys.Order(StringComparer.Ordinal)]
                : null,
            HasSelinux = await probe.HasSelinuxAsync(cancellation),
            Directories = await DirectoriesAsync(probe, node, cancellation),
        };
    }

    /// <inheritdoc/>
    public override Verdict Judge(NomadVolumesFact fact, AnswerFile answers)
    {
        if (HostVolume(answers) is { } name && fact is { Enabled: true } && fact.HostVolumes?.Contains(name) != true)
        {
            return new Verdict(
                VerdictKind.Fail,
                $"enabled on {fact.Node}, which has no host volume {name}",
                Needed(answers),
                HostVolumeUnusable.MakeIt(name)
            );
        }

        var on = new[] { fact }.Concat(fact.Others ?? []).ToLookup(n => n.Enabled, n => n.Node);
        if (!on[false].Any())
        {
            return Closed(fact, answers) is [var first, ..] closed
                ? new Verdict(
                    VerdictKind.Warn,
                    $"enabled on {string.Join(", ", on[true])}; SELinux keeps containers out of "
                        + string.Join(", ", closed.Select(d => $"{d.Path} (host volume {d.Volume}, {d.Context})")),
                    Needed(answers),
                    $"sudo semanage fcontext -a -t container_file_t {ShellWord.Of($"{first.Path}(/.*)?")} && sudo "
                        + $"restorecon -R {ShellWord.Of(first.Path)}"
                        + (closed.Count > 1 ? "; the same for the others" : "")
                )
                : new Verdict(VerdictKind.Pass, $"enabled on {string.Join(", ", on[true])}", Needed(answers));
        }

        // If the answers name no nodes, Nomad places nothing on nodes where it is off.
        var kind = fact.Enabled && answers.Cluster.Nodes.Count == 0 ? VerdictKind.Warn : VerdictKind.Fail;
        return new Verdict(
            kind,
            $"not enabled on {string.Join(", ", on[false])}",
            Needed(answers),
            (fact.Others is null ? "" : "There: ") + EnableVolumes(fact)
        );
    }

    /// <inheritdoc/>
    protected override string HintWhenUnknown(AnswerFile answers) => "nomad node status -verbose -self | grep volumes";

    // If two files have a plugin block of one name, Nomad uses only the later file (nomad/structs/config/plugins.go).
    private static string EnableVolumes(NomadVolumesFact fact)
    {
        var setting = fact.HasSelinux == true ? SettingWithSelinux : Setting;
        return $"If grep -rl 'plugin \"docker\"' /etc/nomad.d names a file, add {setting} to its config; if not: "
            + $"printf 'plugin \"docker\" {{\\n  config {{\\n    {setting}\\n    gc {{ image = false }}\\n  }}\\n}}\\n"
            + "' | sudo tee /etc/nomad.d/docker.hcl; then sudo systemctl restart nomad";
    }

    // The plugin's selinuxlabel does not reach host volumes (nomad #26852).
    private static IReadOnlyList<VolumeDirectory> Closed(NomadVolumesFact fact, AnswerFile answers)
    {
        string?[] wanted =
        [
            HostVolume(answers),
            answers.Cluster.SitesVolume,
            answers.Cluster.DatabaseVolume,
            answers.Cluster.RedisQueueVolume,
        ];
        return
        [
            .. (fact.Directories ?? [])
                .Where(d => wanted.Contains(d.Volume))
                .Where(d => !d.Context.Contains(ContainerType, StringComparison.Ordinal)),
        ];
    }

    // The node's directories are this host's only if its agent runs here.
    private static async Task<IReadOnlyList<VolumeDirectory>?> DirectoriesAsync(
        HostProbe probe,
        NomadNode node,
        CancellationToken cancellation
    )
    {
        if (
            node.HostVolumes is not { Count: > 0 } volumes
            || await probe.HasSelinuxAsync(cancellation) != true
            || !probe.Host.ReadIdentity().Has(probe.Nomad.Address)
            || await probe.AgentNodeAsync(cancellation) != node.ID
        )
        {
            return null;
        }

        var found = new List<VolumeDirectory>();
        foreach (var (name, volume) in volumes.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            try
            {
                var context = await probe.Host.AskProgramAsync("stat", ["-c", "%C", "--", volume.Path], cancellation);
                found.Add(new VolumeDirectory(name, volume.Path, context.Trim()));
            }
            catch (ProgramUnavailable)
            {
                // Without the directory the plan of the deployment fails, and names it.
            }
        }

        return found;
    }

    private static string? HostVolume(AnswerFile answers) =>
        CertificateVolume.IsWanted(answers) ? CertificateVolume.NameOf(answers.Nomad.Job) : null;
}
