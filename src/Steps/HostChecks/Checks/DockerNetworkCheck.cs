using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Outside.Docker;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// Docker has a range of addresses for the containers' network, and the network that is there already fits the host's
/// MTU. A network that the installer creates gets the host's MTU.
/// </summary>
internal sealed class DockerNetworkCheck : HostCheck<DockerNetworkFact>
{
    /// <inheritdoc/>
    public override string Id => CheckId.DockerNetwork;

    /// <inheritdoc/>
    public override string Needed(AnswerFile answers) =>
        answers.Nomad.Topology == NomadTopology.Single
            ? $"a range of addresses for the network {answers.Nomad.Job}, and the host's MTU"
            : "none: the nodes' own network connects the containers";

    /// <inheritdoc/>
    public override async Task<DockerNetworkFact> CollectAsync(HostProbe probe, CancellationToken cancellation)
    {
        var info = await probe.DockerInfoAsync(cancellation);
        var networks = await probe.NetworksAsync(cancellation);
        var host = probe.Host.ReadNetwork(await NodeAddressAsync(probe, cancellation));
        var name = probe.Answers.Nomad.Job;
        var ours = networks.FirstOrDefault(n => n.Name == name);
        return new DockerNetworkFact(
            name,
            ours is not null,
            ours?.Mtu,
            NetworkMtu.Of(networks, host.Mtu),
            FreeAddresses.Find(info.AddressPools, networks.SelectMany(n => n.Subnets).Concat(host.Connected)),
            networks.Count
        );
    }

    /// <inheritdoc/>
    public override Verdict Judge(DockerNetworkFact fact, AnswerFile answers)
    {
        if (answers.Nomad.Topology == NomadTopology.Cluster)
        {
            return new Verdict(VerdictKind.Pass, "not checked", Needed(answers));
        }

        if (fact is { Exists: false, FreeRange: null })
        {
            return new Verdict(
                VerdictKind.Fail,
                $"no range of addresses is left for the network {fact.Name}: Docker's address pools are used up by "
                    + $"{fact.Networks} networks and the host's own ranges",
                Needed(answers),
                DockerRefused.PoolsHint
            );
        }

        var mtu = fact.HostMtu ?? NetworkMtu.Ethernet;
        return fact.Exists && (fact.Mtu ?? NetworkMtu.Ethernet) > mtu
            ? new Verdict(
                VerdictKind.Warn,
                $"the network {fact.Name} has MTU {fact.Mtu ?? NetworkMtu.Ethernet}, the host {mtu}: large answers "
                    + "from other hosts do not reach its containers",
                Needed(answers),
                $"Create it again when no users work: {Remake(fact.Name)}"
            )
            : new Verdict(
                VerdictKind.Pass,
                (fact.Exists ? $"{fact.Name} exists" : $"{fact.FreeRange} is free")
                    + (fact.HostMtu is null ? "" : $"; MTU {fact.HostMtu}"),
                Needed(answers)
            );
    }

    /// <inheritdoc/>
    protected override string HintWhenUnknown(AnswerFile answers) => "docker network ls";

    private static string Remake(string job)
    {
        var ids = new JobIds(job);
        return $"nomad job stop {ids.Application} && nomad job stop {ids.Data} && docker network rm {job} "
            + "&& erp-installer install";
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
}
