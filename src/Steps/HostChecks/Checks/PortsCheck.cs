using ErpInstaller.Answers;
using ErpInstaller.Docker;

namespace ErpInstaller.HostChecks;

/// <summary>
/// The ports of the answers are free on the node's address, or held by our own frontend. Nomad publishes a static port on
/// that address only, for TCP and UDP; what is bound to another address does not stand in its way.
/// </summary>
public sealed class PortsCheck : HostCheck<PortsFact>
{
    /// <inheritdoc/>
    public override string Id => CheckId.Ports;

    /// <inheritdoc/>
    public override string Needed(AnswerFile answers) => answers.Certificate.Mode == CertificateMode.LetsEncrypt
        ? "no fixed port: Traefik has them"
        : $"{answers.Site.HttpPort} and {answers.Site.HttpsPort} free, or ours";

    /// <inheritdoc/>
    public override async Task<PortsFact> CollectAsync(HostSurvey survey, CancellationToken cancellation)
    {
        int[] ports = [survey.Answers.Site.HttpPort, survey.Answers.Site.HttpsPort];
        var holders = survey.Host.ReadPortHolders(ports);
        var publishers = new List<PortPublisher>();
        foreach (var container in await ContainersAsync(survey, cancellation))
        {
            publishers.AddRange(container.Ports.Intersect(ports)
                .Select(port => new PortPublisher(container.Name, container.Image, port, Ours: false)));
        }

        return new PortsFact(NodeAddress: null, holders, publishers);
    }

    /// <inheritdoc/>
    public override Verdict Judge(PortsFact fact, AnswerFile answers)
    {
        if (answers.Certificate.Mode == CertificateMode.LetsEncrypt)
        {
            return new Verdict(VerdictKind.Pass, "not looked at", Needed(answers));
        }

        var judged = new[] { answers.Site.HttpPort, answers.Site.HttpsPort }
            .Select(port => new PortSituation(port, fact)).ToList();
        var worst = judged.MaxBy(s => s.Kind)!;
        return new Verdict(worst.Kind, string.Join("; ", judged.Select(s => s.Found)), Needed(answers), worst.Hint);
    }

    private static async Task<IReadOnlyList<DockerContainer>> ContainersAsync(HostSurvey survey, CancellationToken cancellation)
    {
        try
        {
            return await survey.ContainersAsync(cancellation);
        }
        catch (DockerUnreachable)
        {
            return [];
        }
    }
}
