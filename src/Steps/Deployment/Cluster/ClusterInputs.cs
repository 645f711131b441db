using ErpInstaller.Answers;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.Cluster;

/// <summary>What a step depends on in a cluster.</summary>
internal static class ClusterInputs
{
    /// <summary>Adds the answers about the cluster, where there is one: on a single node nothing depends on them.</summary>
    public static StepInputs AddCluster(this StepInputs inputs, AnswerFile answers)
    {
        var cluster = answers.Cluster;
        return answers.Nomad.Topology == NomadTopology.Single
            ? inputs
            : inputs
                .Add("nomad.topology", answers.Nomad.Topology)
                .Add("cluster.nodes", cluster.Nodes)
                .Add(
                    "cluster.data",
                    [$"{cluster.DataNode}", $"{cluster.DatabaseVolume}", $"{cluster.RedisQueueVolume}"]
                )
                .Add("cluster.sites", [$"{cluster.SitesNfs}", Options(cluster), $"{cluster.SitesVolume}"]);
    }

    // Without an export they have no effect, whatever they are.
    private static string Options(ClusterAnswers cluster) =>
        (cluster.SitesNfs is null ? new ClusterAnswers() : cluster).SitesNfsOptions;
}
