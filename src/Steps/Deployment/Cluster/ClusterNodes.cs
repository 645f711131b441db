using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Deployment.Cluster;

/// <summary>Judges the nodes that the answers mean: those that they name, or all that could be.</summary>
/// <param name="entry">The entry node.</param>
/// <param name="nodes">Those looked at, the entry node among them or not.</param>
public sealed class ClusterNodes(AnswerFile answers, NomadNode entry, IReadOnlyList<NomadNode> nodes)
{
    private const int Least = 2;

    private readonly ClusterAnswers _cluster = answers.Cluster;

    /// <summary>All that were looked at.</summary>
    public IReadOnlyList<ClusterMember> Members { get; } = [.. nodes.Select(n => ClusterMember.Of(n, entry, answers))];

    /// <summary>The answers name the nodes: each of them must do.</summary>
    public bool AreNamed => _cluster.Nodes.Count > 0;

    /// <summary>The nodes of the cluster, the entry node first.</summary>
    public IReadOnlyList<NomadNode> Fit =>
        [.. Members.Where(m => m.Fault is null).Select(m => m.Node).OrderBy(n => n.ID == entry.ID ? 0 : 1)];

    /// <summary>Those that are none of them, where Nomad itself passes them by, each with why.</summary>
    public IReadOnlyList<string> LeftOut =>
        [
            .. Members
                .Where(m => m.Fault is not null && !AreNamed && m.Node.ID != entry.ID)
                .Select(m => $"{m.Node.Name} {m.Fault}"),
        ];

    /// <summary>Where the groups run that their data or the site's name holds on one node: group → node.</summary>
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
    /// <exception cref="InstallerException">These nodes make none.</exception>
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

    /// <summary>All that stands in the way, each with what to do.</summary>
    public IEnumerable<ClusterFault> Faults()
    {
        foreach (var member in Members.Where(m => m.Fault is not null && (AreNamed || m.Node.ID == entry.ID)))
        {
            yield return new($"{member.Node.Name} {member.Fault}", member.Hint);
        }

        if (nodes.All(n => n.ID != entry.ID))
        {
            yield return new(
                $"{entry.Name} is the entry node and none of cluster.nodes",
                $"Add it to cluster.nodes, or name one of them: nomad.node = \"{nodes[0].Name}\""
            );
        }

        if (!AreNamed && Fit.Count < Least)
        {
            yield return new(
                TooFew(),
                "Start another client: nomad node status; or run all on one: nomad.topology = \"single\""
            );
        }

        if (_cluster.DataNode is { } data && DataNode is null)
        {
            // Of a named node its own fault is told already.
            var unfit = Members.FirstOrDefault(m => m.Node.Name == data || m.Node.ID == data);
            if (unfit is null || !AreNamed)
            {
                yield return new(
                    $"{data} is to keep the data and {unfit?.Fault ?? "is none of the cluster's nodes"}",
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

    // On a second node it would be another, empty one, and Nomad may take either.
    private ClusterFault? OnOneNode(string volume)
    {
        var having = Fit.Where(n => ClusterMember.Has(n, volume)).ToList();
        return having.Count switch
        {
            0 => new(
                $"no node of the cluster has a host volume {volume} to write to",
                ClusterMember.HostVolumeHint(volume)
            ),
            1 => null,
            _ => new(
                $"{Names(having)} have a host volume {volume} each, and its data is on one",
                "Leave it in the configuration of one of them, or give it a name of its own there"
            ),
        };
    }

    private string TooFew()
    {
        var others = LeftOut.Count == 0 ? "" : $" ({string.Join("; ", LeftOut)})";
        return $"a cluster has {Least} nodes or more, here is {(Fit.Count == 0 ? "none" : Names(Fit))}{others}";
    }
}

/// <summary>A reason why nodes make no cluster.</summary>
/// <param name="Fault">What is wrong, with which node.</param>
/// <param name="Hint">What to do about it.</param>
public sealed record ClusterFault(string Fault, string Hint);

/// <summary>The nodes of a cluster.</summary>
/// <param name="Nodes">All of them, the entry node first.</param>
/// <param name="AreNamed">The answers name them: on no other may anything run.</param>
/// <param name="DataNode">Keeps database and queue in its engine's volumes; null: host volumes decide.</param>
public sealed record ClusterPlace(IReadOnlyList<NomadNode> Nodes, bool AreNamed, NomadNode? DataNode);
