using ErpInstaller.Answers;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.HostChecks.Facts;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// The client's docker plugin mounts named volumes. This is off by default, and Nomad reports it only when
/// a task starts: "volumes are not enabled; cannot mount volume". A certificate that is delivered in a host volume
/// needs that volume too.
/// </summary>
internal sealed class NomadVolumesCheck : HostCheck<NomadVolumesFact>
{
    // Of two plugin blocks with one name, Nomad takes the later file's alone (nomad/structs/config/plugins.go).
    private const string EnableVolumes =
        "If grep -rl 'plugin \"docker\"' /etc/nomad.d names a file, add volumes { enabled = true } to its config; if "
        + "not: printf 'plugin \"docker\" {\\n  config {\\n    volumes { enabled = true }\\n    gc { image = false "
        + "}\\n  }\\n}\\n' | sudo tee /etc/nomad.d/docker.hcl; then sudo systemctl restart nomad";

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
            return new Verdict(VerdictKind.Pass, $"enabled on {string.Join(", ", on[true])}", Needed(answers));
        }

        // If the answers name no nodes, Nomad places nothing on nodes where it is off.
        var kind = fact.Enabled && answers.Cluster.Nodes.Count == 0 ? VerdictKind.Warn : VerdictKind.Fail;
        return new Verdict(
            kind,
            $"not enabled on {string.Join(", ", on[false])}",
            Needed(answers),
            fact.Others is null ? EnableVolumes : $"There: {EnableVolumes}"
        );
    }

    /// <inheritdoc/>
    protected override string HintWhenUnknown(AnswerFile answers) => "nomad node status -verbose -self | grep volumes";

    private static string? HostVolume(AnswerFile answers) =>
        CertificateVolume.IsWanted(answers) ? CertificateVolume.NameOf(answers.Nomad.Job) : null;
}
