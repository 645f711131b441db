using ErpInstaller.Answers;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Image;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>
/// The differences between one node and several: how containers find each other, and where data is kept.
/// </summary>
internal abstract class Topology
{
    /// <summary>The topology of the nodes.</summary>
    public static Topology Of(StepSettings settings, JobInputs inputs) =>
        inputs.Cluster is { } cluster
            ? new ClusterTopology(settings.Answers, inputs.Node, cluster, CacheDatabase.Of(inputs.Revision))
            : new SingleTopology(settings.Answers, inputs.Node, CacheDatabase.Of(inputs.Revision));

    /// <summary>Where the groups of all jobs may run.</summary>
    public abstract IReadOnlyList<JobConstraint> Constraints { get; }

    /// <summary>Attributes of nodes over whose values the application's groups are spread.</summary>
    public abstract IReadOnlyList<string> Spreads { get; }

    /// <summary>A group of the data job, with the directory of its data.</summary>
    public abstract JobGroup Data(JobGroup group, ContainerData data);

    /// <summary>A Redis that only the installation's own containers can use.</summary>
    public abstract JobTask Guarded(JobTask redis);

    /// <summary>A group of the image with the apps: its tasks have the sites and find the data services.</summary>
    /// <param name="job">Id of its job.</param>
    /// <param name="onMove">What happens to its tasks when a data service gets another address.</param>
    public abstract JobGroup Bench(JobGroup group, string job, TemplateChange onMove);

    /// <summary>The group that serves the site to its users.</summary>
    public abstract JobGroup Entry(JobGroup group);

    /// <summary>A group that others reach by a name.</summary>
    public abstract JobGroup Reached(JobGroup group, ContainerPort port);
}
