using System.Net;
using System.Net.Sockets;
using ErpInstaller.Answers;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Deployment.Cluster;

/// <summary>A node, and whether it can be in the cluster.</summary>
/// <param name="Node">As Nomad knows it.</param>
/// <param name="Fault">Why it cannot be in the cluster; null: it can.</param>
/// <param name="Hint">What to do about that.</param>
public sealed record ClusterMember(NomadNode Node, string? Fault = null, string Hint = "")
{
    private const string Architecture = "cpu.arch";

    /// <summary>Judges a node.</summary>
    /// <param name="entry">The entry node: all nodes must have its datacenter, node pool and architecture.</param>
    public static ClusterMember Of(NomadNode node, NomadNode entry, AnswerFile answers)
    {
        var docker = node.Drivers.GetValueOrDefault("docker");
        var details = $"nomad node status -verbose {node.ID}";
        var sites = answers.Cluster.SitesVolume;
        (string Fault, string Hint)? wrong = node switch
        {
            { Status: not "ready" } => (
                $"is {node.Status}",
                $"nomad node status {node.ID}; on the node: systemctl status nomad"
            ),
            { Drain: true } => ("is draining", $"nomad node drain -disable {node.ID}"),
            { SchedulingEligibility: not "eligible" } => (
                "is not eligible for new allocations",
                $"nomad node eligibility -enable {node.ID}"
            ),
            _ when node.Datacenter != entry.Datacenter => (
                $"is in the datacenter {node.Datacenter}, and {entry.Name} in {entry.Datacenter}",
                details
            ),
            _ when node.NodePool != entry.NodePool => (
                $"is in the node pool {node.NodePool}, and {entry.Name} in {entry.NodePool}",
                details
            ),
            _ when docker is not { Detected: true } => (
                "has no Docker engine",
                $"On the node: systemctl status docker; {details}"
            ),
            _ when !docker.Healthy => (
                $"has an unhealthy docker driver: {docker.HealthDescription}",
                $"On the node: {DriverHealth.Hint(docker.HealthDescription, node.ID)}"
            ),
            { VolumesEnabled: false } => (
                "has no volumes in its docker plugin",
                "On the node: plugin \"docker\" { config { volumes { enabled = true } } } in the client's configuration"
            ),
            _ when ArchitectureOf(node) != ArchitectureOf(entry) => (
                $"is {ArchitectureOf(node)}, and the image is made for {ArchitectureOf(entry)}",
                details
            ),
            _ when !IsReachable(node.Address) => (
                $"publishes its ports on {node.Address ?? "no address"}, where other nodes cannot reach them",
                "On the node: client { network_interface = \"eth0\" } (the interface with its IPv4 address) in the "
                    + "client's configuration"
            ),
            _ when sites is not null && !Has(node, sites) => (
                $"has no writable host volume {sites}",
                HostVolumeHint(sites)
            ),
            _ => null,
        };
        return wrong is { } found ? new ClusterMember(node, found.Fault, found.Hint) : new ClusterMember(node);
    }

    /// <summary>Whether the node has the host volume, and it is writable.</summary>
    public static bool Has(NomadNode node, string volume) =>
        node.HostVolumes?.GetValueOrDefault(volume) is { ReadOnly: false };

    /// <summary>The configuration that gives a node a host volume.</summary>
    public static string HostVolumeHint(string volume) =>
        $"On the node: client {{ host_volume \"{volume}\" {{ path = \"/srv/{volume}\" }} }} in the client's "
        + "configuration, then systemctl restart nomad";

    private static string ArchitectureOf(NomadNode node) => node.Attributes.GetValueOrDefault(Architecture, "unknown");

    private static bool IsReachable(string? address) =>
        IPAddress.TryParse(address, out var ip)
        && ip.AddressFamily == AddressFamily.InterNetwork
        && !IPAddress.IsLoopback(ip);
}
