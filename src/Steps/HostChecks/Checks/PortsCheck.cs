using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Host;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// The ports of the answers are free on the node's address, or our own frontend holds them. Nomad publishes a static
/// port on that address only, for TCP and UDP; a socket on another address does not conflict.
/// </summary>
internal sealed class PortsCheck : HostCheck<PortsFact>
{
    /// <inheritdoc/>
    public override string Id => CheckId.Ports;

    /// <inheritdoc/>
    public override string Needed(AnswerFile answers) =>
        answers.Certificate.Mode switch
        {
            CertificateMode.LetsEncrypt => "none: Traefik publishes the ports",
            CertificateMode.None => $"{answers.Site.HttpPort} free, or ours",
            _ => $"{answers.Site.HttpPort} and {answers.Site.HttpsPort} free, or ours",
        };

    /// <inheritdoc/>
    public override async Task<PortsFact> CollectAsync(HostProbe probe, CancellationToken cancellation)
    {
        var address = await NodeAddressAsync(probe, cancellation);
        if (
            probe.Answers.Nomad.Topology == NomadTopology.Cluster
            && address is not null
            && !probe.Host.ReadIdentity().Addresses.Contains(address)
        )
        {
            return new PortsFact(address, [], [], Elsewhere: true);
        }

        int[] ports = [probe.Answers.Site.HttpPort, probe.Answers.Site.HttpsPort];
        var holders = probe.Host.ReadPortHolders(ports);
        var own = await OwnAllocationsAsync(probe, cancellation);
        var publishers = new List<PortPublisher>();
        foreach (var container in await ContainersAsync(probe, cancellation))
        {
            var allocation = container.Labels.GetValueOrDefault(DockerContainer.AllocationLabel);
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
            return new Verdict(VerdictKind.Pass, "not checked", Needed(answers));
        }

        if (fact.Elsewhere)
        {
            return new Verdict(
                VerdictKind.Pass,
                $"not checked: {fact.NodeAddress} is not this host; Nomad's plan reports ports that its jobs hold "
                    + "there",
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

    // Null when Nomad does not answer. The nomad check reports that.
    private static async Task<string?> NodeAddressAsync(HostProbe probe, CancellationToken cancellation)
    {
        try
        {
            return (await probe.NodeAsync(cancellation)).Address;
        }
        catch (InstallerException)
        {
            return null;
        }
    }

    private static async Task<IReadOnlySet<string?>> OwnAllocationsAsync(
        HostProbe probe,
        CancellationToken cancellation
    )
    {
        try
        {
            var found = await probe.Nomad.GetAllocationsAsync(probe.Answers.Nomad.Job, index: null, cancellation);
            return (found.Value ?? []).Select(a => a.ID).ToHashSet<string?>();
        }
        catch (InstallerException)
        {
            return new HashSet<string?>();
        }
    }

    private static async Task<IReadOnlyList<DockerContainer>> ContainersAsync(
        HostProbe probe,
        CancellationToken cancellation
    )
    {
        try
        {
            return await probe.ContainersAsync(cancellation);
        }
        catch (DockerUnreachable)
        {
            return [];
        }
    }
}
