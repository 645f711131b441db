using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Host;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// The ports of the answers are free on the node's address, or held by our own frontend. Nomad publishes a static port on
/// that address only, for TCP and UDP; what is bound to another address does not stand in its way.
/// </summary>
public sealed class PortsCheck : HostCheck<PortsFact>
{
    // Nomad puts it on every container that it starts (drivers/docker/driver.go).
    private const string AllocationLabel = "com.hashicorp.nomad.alloc_id";

    /// <inheritdoc/>
    public override string Id => CheckId.Ports;

    /// <inheritdoc/>
    public override string Needed(AnswerFile answers) =>
        answers.Certificate.Mode switch
        {
            CertificateMode.LetsEncrypt => "no fixed port: Traefik has them",
            CertificateMode.None => $"{answers.Site.HttpPort} free, or ours",
            _ => $"{answers.Site.HttpPort} and {answers.Site.HttpsPort} free, or ours",
        };

    /// <inheritdoc/>
    public override async Task<PortsFact> CollectAsync(HostSurvey survey, CancellationToken cancellation)
    {
        var address = await NodeAddressAsync(survey, cancellation);
        if (
            survey.Answers.Nomad.Topology == NomadTopology.Cluster
            && address is not null
            && !survey.Host.ReadIdentity().Addresses.Contains(address)
        )
        {
            return new PortsFact(address, [], [], Elsewhere: true);
        }

        int[] ports = [survey.Answers.Site.HttpPort, survey.Answers.Site.HttpsPort];
        var holders = survey.Host.ReadPortHolders(ports);
        var own = await OwnAllocationsAsync(survey, cancellation);
        var publishers = new List<PortPublisher>();
        foreach (var container in await ContainersAsync(survey, cancellation))
        {
            var allocation = container.Labels.GetValueOrDefault(AllocationLabel);
            publishers.AddRange(
                container
                    .Ports.Intersect(ports)
                    .Select(port => new PortPublisher(
                        container.Name,
                        container.Image,
                        port,
                        Ours: own.Contains(allocation)
                    ))
            );
        }

        return new PortsFact(address, holders, publishers);
    }

    /// <inheritdoc/>
    public override Verdict Judge(PortsFact fact, AnswerFile answers)
    {
        if (answers.Certificate.Mode == CertificateMode.LetsEncrypt)
        {
            return new Verdict(VerdictKind.Pass, "not looked at", Needed(answers));
        }

        if (fact.Elsewhere)
        {
            return new Verdict(
                VerdictKind.Pass,
                $"not looked at: {fact.NodeAddress} is not this host; Nomad's plan tells what its own jobs hold there",
                Needed(answers)
            );
        }

        int[] ports = answers.Certificate.Mode.ServesTls()
            ? [answers.Site.HttpPort, answers.Site.HttpsPort]
            : [answers.Site.HttpPort];
        var judged = ports.Select(port => new PortSituation(port, fact)).ToList();
        var worst = judged.MaxBy(s => s.Kind)!;
        return new Verdict(worst.Kind, string.Join("; ", judged.Select(s => s.Found)), Needed(answers), worst.Hint);
    }

    // Without Nomad nothing can be told of it; the check of Nomad says that it does not answer.
    private static async Task<string?> NodeAddressAsync(HostSurvey survey, CancellationToken cancellation)
    {
        try
        {
            return (await survey.NodeAsync(cancellation)).Address;
        }
        catch (InstallerException)
        {
            return null;
        }
    }

    private static async Task<IReadOnlySet<string?>> OwnAllocationsAsync(
        HostSurvey survey,
        CancellationToken cancellation
    )
    {
        try
        {
            var found = await survey.Nomad.GetAllocationsAsync(survey.Answers.Nomad.Job, index: null, cancellation);
            return (found.Value ?? []).Select(a => a.ID).ToHashSet<string?>();
        }
        catch (InstallerException)
        {
            return new HashSet<string?>();
        }
    }

    private static async Task<IReadOnlyList<DockerContainer>> ContainersAsync(
        HostSurvey survey,
        CancellationToken cancellation
    )
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
