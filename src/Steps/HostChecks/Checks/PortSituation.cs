using System.Net;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Outside.Host;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>The state of one port: free, ours, or held by another program.</summary>
internal sealed class PortSituation
{
    public PortSituation(int port, PortsFact fact)
    {
        var publishers = fact.Publishers.Where(p => p.Port == port).ToList();
        var holders = fact.Holders.Where(h => h.Port == port).ToList();
        var blocking = holders.Where(h => Blocks(h, fact.NodeAddress)).ToList();

        // Docker can publish a port by packet filter rules alone, without a socket.
        var published = publishers.Count > 0 && (blocking.Count == 0 ? holders.Count == 0 : blocking.All(IsDocker));
        (Kind, Found, Hint) = (published, blocking.Count, holders.Count) switch
        {
            (true, _, _) when publishers.All(p => p.Ours) => (
                VerdictKind.Pass,
                $"{port}: our own {publishers[0].Container}",
                ""
            ),
            (true, _, _) => Held(port, publishers.First(p => !p.Ours)),
            (_, > 0, _) => (VerdictKind.Fail, $"{port}: held by {Describe(blocking)}", Stop(blocking[0])),
            (_, _, > 0) => (
                VerdictKind.Warn,
                $"{port}: free on the node's address; {Describe(holders)}, which does not conflict",
                ""
            ),
            _ => (VerdictKind.Pass, $"{port}: free", ""),
        };
    }

    public VerdictKind Kind { get; }

    public string Found { get; }

    public string Hint { get; }

    /// <summary>True when this socket stops Nomad from binding the port on the node's address.</summary>
    private static bool Blocks(PortHolder holder, string? nodeAddress)
    {
        var bound = IPAddress.Parse(holder.Address);
        if (bound.Equals(IPAddress.Any) || bound.Equals(IPAddress.IPv6Any))
        {
            // An IPv6 socket also accepts IPv4 unless IPV6_V6ONLY is set, which /proc/net does not show.
            return true;
        }

        return IPAddress.TryParse(nodeAddress, out var node) ? bound.Equals(node) : !IPAddress.IsLoopback(bound);
    }

    // docker-proxy forwards a published port; without it dockerd holds the socket itself.
    private static bool IsDocker(PortHolder holder) => holder.Program is null or "docker-proxy" or "dockerd";

    private static (VerdictKind Kind, string Found, string Hint) Held(int port, PortPublisher stranger) =>
        (
            VerdictKind.Fail,
            $"{port}: held by the container {stranger.Container} (image {stranger.Image})",
            $"docker stop {stranger.Container}, or choose other ports: site.http_port, site.https_port in the answers"
        );

    private static string Describe(IEnumerable<PortHolder> holders) =>
        string.Join(
            ", ",
            holders
                .GroupBy(h => (h.ProcessId, h.Program, h.UserId))
                .Select(g => $"{Who(g.First())} on {string.Join(" and ", g.Select(Where).Distinct())}")
        );

    private static string Who(PortHolder holder) =>
        holder.ProcessId is { } pid
            ? $"{holder.Program} (pid {pid})"
            : $"a process of uid {holder.UserId} (only root can see which)";

    private static string Where(PortHolder holder)
    {
        var address = holder.Address.Contains(':', StringComparison.Ordinal) ? $"[{holder.Address}]" : holder.Address;
        return $"{holder.Protocol} {address}:{holder.Port}";
    }

    private static string Stop(PortHolder holder) =>
        (
            holder.ProcessId is { } pid
                ? $"Stop it: systemctl status {pid}"
                : $"Find the process: sudo ss -lntup 'sport = :{holder.Port}'"
        ) + "; or choose other ports: site.http_port, site.https_port in the answers";
}
