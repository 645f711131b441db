using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Deployment.Cluster;

/// <summary>Judges the candidates for the cluster: the nodes that the answers name, or all of Nomad's nodes.</summary>
/// <param name="entry">The entry node.</param>
/// <param name="nodes">The candidates; the entry node may be among them.</param>
public sealed class ClusterNodes(AnswerFile answers, NomadNode entry, IReadOnlyList<NomadNode> nodes)
{
    private const int Least = 2;

    private readonly ClusterAnswers _cluster = answers.Cluster;

    /// <summary>The candidates, each with its fault if it has one.</summary>
    public IReadOnlyList<ClusterMember> Members { get; } = [.. nodes.Select(n => ClusterMember.Of(n, entry, answers))];

    /// <summary>Whether the answers name the nodes. Then each of them must be fit.</summary>
    public bool AreNamed => _cluster.Nodes.Count > 0;

    /// <summary>The nodes of the cluster, the entry node first.</summary>
    public IReadOnlyList<NomadNode> Fit =>
        [.. Members.Where(m => m.Fault is null).Select(m => m.Node).OrderBy(n => n.ID == entry.ID ? 0 : 1)];

    /// <summary>If the answers name no nodes: those that Nomad cannot use, each with the reason.</summary>
    public IReadOnlyList<string> LeftOut =>
        [
            .. Members
                .Where(m => m.Fault is not null && !AreNamed && m.Node.ID != entry.ID)
                .Select(m => $"{m.Node.Name} {m.Fault}"),
        ];

    /// <summary>
    /// The groups that can run on one node only, because of their data or the site's name: group → node.
    /// </summary>
    public IReadOnlyDictionary<string, NomadNode> Pinned
    {
        get
        {
            var pinned = new Dictionary<string, NomadNode>();
            foreach (var group in ContainerGroups.All.Where(g => g.Data?.Volume is not null))
            {
                Pin(pinned, group.Group, group.Data!.HostVolume(_cluster));
            }

            if (answers.Certificate.Mode != CertificateMode.LetsEncrypt)
            {
                pinned[ContainerGroups.Frontend.Group] = entry;
            }

            return pinned;
        }
    }

    /// <summary>The cluster, for the jobs.</summary>
    /// <exception cref="InstallerException">These nodes cannot form a cluster.</exception>
    public ClusterPlace Place()
    {
        var faults = Faults().ToList();
        return faults.Count == 0
            ? new ClusterPlace(Fit, AreNamed, DataNode)
            : throw new InstallerException(
                ErrorCode.ClusterUnfit,
                string.Join("; ", faults.Select(f => f.Fault)),
                string.Join(" · ", faults.Select(f => f.Hint).Distinct())
            );
    }

    /// <summary>All reasons why there is no cluster, each with a hint.</summary>
    public IEnumerable<ClusterFault> Faults()
    {
        foreach (var member in Members.Where(m => m.Fault is not null && (AreNamed || m.Node.ID == entry.ID)))
        {
            yield return new($"{member.Node.Name} {member.Fault}", member.Hint);
        }

        if (nodes.All(n => n.ID != entry.ID))
        {
            yield return new(
                $"{entry.Name} is the entry node and is not in cluster.nodes",
                $"Add it to cluster.nodes, or name one of them: nomad.node = \"{nodes[0].Name}\""
            );
        }

        if (!AreNamed && Fit.Count < Least)
        {
            yield return new(
                TooFew(),
                "Start another client: nomad node status; or use one node: nomad.topology = \"single\""
            );
        }

        if (_cluster.DataNode is { } data && DataNode is null)
        {
            // The fault of a named node is already in the list.
            var unfit = Members.FirstOrDefault(m => m.Node.Name == data || m.Node.ID == data);
            if (unfit is null || !AreNamed)
            {
                yield return new(
                    $"{data} is the data node, and it {unfit?.Fault ?? "is not in the cluster"}",
                    unfit?.Hint ?? $"Set cluster.data_node to one of them: {Names(Fit)}"
                );
            }
        }

        foreach (
            var fault in ContainerGroups
                .All.Select(g => g.Data?.HostVolume(_cluster))
                .OfType<string>()
                .Select(OnOneNode)
                .OfType<ClusterFault>()
        )
        {
            yield return fault;
        }
    }

    /// <summary>Names with commas between them.</summary>
    public static string Names(IEnumerable<NomadNode> nodes) => string.Join(", ", nodes.Select(n => n.Name));

    private NomadNode? DataNode => Fit.FirstOrDefault(n => n.Name == _cluster.DataNode || n.ID == _cluster.DataNode);

    private void Pin(Dictionary<string, NomadNode> pinned, string group, string? volume)
    {
        if ((volume is null ? DataNode : Fit.FirstOrDefault(n => ClusterMember.Has(n, volume))) is { } node)
        {
            pinned[group] = node;
        }
    }

    // On a second node the volume would be a different, empty one, and Nomad could choose either.
    private ClusterFault? OnOneNode(string volume)
    {
        var having = Fit.Where(n => ClusterMember.Has(n, volume)).ToList();
        return having.Count switch
        {
            0 => new(
                $"no node of the cluster has a writable host volume {volume}",
                ClusterMember.HostVolumeHint(volume)
            ),
            1 => null,
            _ => new(
                $"{Names(having)} each have a host volume {volume}; only one of them can hold the data",
                "Keep it in the configuration of one node only, or rename it on the others"
            ),
        };
    }

    private string TooFew()
    {
        var others = LeftOut.Count == 0 ? "" : $" ({string.Join("; ", LeftOut)})";
        return $"a cluster needs {Least} nodes or more, usable here: {(Fit.Count == 0 ? "none" : Names(Fit))}{others}";
    }
}

/// <summary>A reason why nodes cannot form a cluster.</summary>
/// <param name="Fault">The fault, with the name of the node.</param>
/// <param name="Hint">What to do about it.</param>
public sealed record ClusterFault(string Fault, string Hint);

/// <summary>The nodes of a cluster.</summary>
/// <param name="Nodes">All of them, the entry node first.</param>
/// <param name="AreNamed">The answers name them, so nothing may run on other nodes.</param>
/// <param name="DataNode">The node whose engine's volumes hold database and queue; null: host volumes hold
/// them.</param>
public sealed record ClusterPlace(IReadOnlyList<NomadNode> Nodes, bool AreNamed, NomadNode? DataNode);
