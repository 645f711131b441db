using ErpInstaller.Answers;

namespace ErpInstaller.HostChecks;

/// <summary>
/// The client's docker plugin mounts named volumes. It is off unless the operator turns it on, and Nomad notices only when
/// a task starts: "volumes are not enabled; cannot mount volume".
/// </summary>
public sealed class NomadVolumesCheck : HostCheck<NomadVolumesFact>
{
    private const string TurnOn =
        "printf 'plugin \"docker\" {\\n  config {\\n    volumes { enabled = true }\\n  }\\n}\\n' "
        + "| sudo tee /etc/nomad.d/docker-volumes.hcl && sudo systemctl restart nomad";

    /// <inheritdoc/>
    public override string Id => CheckId.NomadVolumes;

    /// <inheritdoc/>
    public override string Needed(AnswerFile answers) => "the client's docker plugin with volumes { enabled = true }";

    /// <inheritdoc/>
    public override async Task<NomadVolumesFact> CollectAsync(HostSurvey survey, CancellationToken cancellation)
    {
        var node = await survey.NodeAsync(cancellation);
        return new NomadVolumesFact(node.Name, node.VolumesEnabled);
    }

    /// <inheritdoc/>
    public override Verdict Judge(NomadVolumesFact fact, AnswerFile answers) => fact.Enabled
        ? new Verdict(VerdictKind.Pass, $"enabled on {fact.Node}", Needed(answers))
        : new Verdict(VerdictKind.Fail, $"not enabled on {fact.Node}", Needed(answers), TurnOn);

    /// <inheritdoc/>
    protected override string HintWhenUnknown(AnswerFile answers) => "nomad node status -verbose -self | grep volumes";
}
