using ErpInstaller.Answers;

namespace ErpInstaller.Rehearsal;

/// <summary>Adds the nodes and host volumes in the answers to a rehearsed Nomad.</summary>
internal static class RehearsedCluster
{
    private const int MinNodes = 2;

    /// <summary>Adds them. A single node needs no additions.</summary>
    public static void Prepare(RehearsedNomad nomad, AnswerFile answers)
    {
        if (answers.Nomad.Topology == NomadTopology.Single)
        {
            return;
        }

        var cluster = answers.Cluster;
        var entry = answers.Nomad.Node.Length > 0 ? answers.Nomad.Node : cluster.Nodes.FirstOrDefault();
        nomad.NodeName = entry;
        nomad.HostVolumes.AddRange(Of(cluster.SitesVolume));

        // If the answers name no entry node, it is this host: the recorded node.
        var others = cluster.Nodes.Append(cluster.DataNode).OfType<string>().Where(n => n != entry).Distinct().ToList();
        var spare = Enumerable.Range(2, MinNodes).Select(n => $"rehearsal-{n}").Where(n => n != entry);
        others.AddRange(spare.Take(MinNodes - 1 - others.Count));

        nomad.MoreNodes.AddRange(others.Select((name, i) => new RehearsedNode(name, i + 1)));
        nomad.MoreNodes.ForEach(n => n.HostVolumes.AddRange(Of(cluster.SitesVolume)));
        nomad.MoreNodes[0].HostVolumes.AddRange([.. Of(cluster.DatabaseVolume), .. Of(cluster.RedisQueueVolume)]);
    }

    private static IEnumerable<string> Of(string? volume) => volume is null ? [] : [volume];
}
