using ErpInstaller.Answers;

namespace ErpInstaller.Rehearsal;

/// <summary>The nodes that a cluster's answers name, with the volumes that they name.</summary>
public static class RehearsedCluster
{
    private const int Least = 2;

    /// <summary>Gives them to a simulated Nomad. On a single node nothing is to be done.</summary>
    public static void Prepare(SimulatedNomad nomad, AnswerFile answers)
    {
        if (answers.Nomad.Topology == NomadTopology.Single)
        {
            return;
        }

        var cluster = answers.Cluster;
        var entry = answers.Nomad.Node.Length > 0 ? answers.Nomad.Node : cluster.Nodes.FirstOrDefault();
        nomad.NodeName = entry;
        nomad.HostVolumes.AddRange(Of(cluster.SitesVolume));

        // An entry node that the answers do not name is this host, which the recorded node is.
        var others = cluster.Nodes.Append(cluster.DataNode).OfType<string>().Where(n => n != entry).Distinct().ToList();
        var spare = Enumerable.Range(2, Least).Select(n => $"rehearsal-{n}").Where(n => n != entry);
        others.AddRange(spare.Take(Least - 1 - others.Count));

        nomad.MoreNodes.AddRange(others.Select((name, i) => new SimulatedNode(name, i + 1)));
        nomad.MoreNodes.ForEach(n => n.HostVolumes.AddRange(Of(cluster.SitesVolume)));
        nomad.MoreNodes[0].HostVolumes.AddRange([.. Of(cluster.DatabaseVolume), .. Of(cluster.RedisQueueVolume)]);
    }

    private static IEnumerable<string> Of(string? volume) => volume is null ? [] : [volume];
}
