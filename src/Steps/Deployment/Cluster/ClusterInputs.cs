using ErpInstaller.Answers;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.Cluster;

/// <summary>The inputs that a step has in a cluster only.</summary>
internal static class ClusterInputs
{
    private static readonly string[] Keys =
    [
        "nomad.topology",
        "cluster.nodes",
        "cluster.data_node",
        "cluster.database_volume",
        "cluster.redis_queue_volume",
        "cluster.sites_nfs",
        "cluster.sites_volume",
    ];

    /// <summary>
    /// Adds the answers about the cluster, if there is one: on a single node nothing depends on them.
    /// </summary>
    public static StepInputs AddCluster(this StepInputs inputs, AnswerFile answers) =>
        answers.Nomad.Topology == NomadTopology.Single
            ? inputs
            // Mount options have no effect without an export.
            : inputs.Add(answers, answers.Cluster.SitesNfs is null ? Keys : [.. Keys, "cluster.sites_nfs_options"]);
}
