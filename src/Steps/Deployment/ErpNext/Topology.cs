using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Image;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>What is different on one node and on several: how containers find each other, and where what must last is kept.</summary>
internal abstract class Topology
{
    /// <summary>The one that the place is of.</summary>
    public static Topology Of(StepSettings settings, JobInputs inputs) =>
        inputs.Cluster is { } cluster
            ? new ClusterTopology(settings.Answers, inputs.Node, cluster, CacheDatabase.Of(inputs.Revision))
            : new SingleTopology(settings.Answers, inputs.Node, CacheDatabase.Of(inputs.Revision));

    /// <summary>Where the groups of all jobs may run.</summary>
    public abstract IReadOnlyList<JobConstraint> Constraints { get; }

    /// <summary>Attributes of nodes over whose values the application's groups are spread.</summary>
    public abstract IReadOnlyList<string> Spreads { get; }

    /// <summary>A group of the data job.</summary>
    /// <param name="data">What it keeps; null: nothing.</param>
    /// <param name="directory">Where: absolute path in the container.</param>
    public abstract JobGroup Data(JobGroup group, DataVolume? data, string directory);

    /// <summary>A Redis that lets nobody in but the installation's own containers.</summary>
    public abstract JobTask Guarded(JobTask redis);

    /// <summary>A group of the image with the apps: its tasks have the sites and find the data services.</summary>
    /// <param name="job">Id of its job.</param>
    /// <param name="onMove">What becomes of its tasks when a data service gets another address.</param>
    public abstract JobGroup Bench(JobGroup group, string job, TemplateChange onMove);

    /// <summary>The group that serves the site to its users.</summary>
    public abstract JobGroup Entry(JobGroup group);

    /// <summary>A group that others reach by a name.</summary>
    /// <param name="name">For example <c>db</c>.</param>
    /// <param name="port">The container's port.</param>
    public abstract JobGroup Reached(JobGroup group, string name, int port);
}
