using ErpInstaller.Core.Assets;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>The three jobs of a deployment.</summary>
internal static class ErpNextJobs
{
    /// <summary>Marks a job as this installer's.</summary>
    public const string OwnerKey = "installer";

    /// <summary>In a group's meta: the number of its run.</summary>
    public const string RunKey = "run";

    /// <summary>Makes the jobs of a deployment.</summary>
    public static JobSet<Job> Build(StepSettings settings, JobInputs inputs, AssetSource assets) =>
        new(
            new DataJob(settings, inputs).Build(),
            new InitJob(settings, inputs, assets).Build(),
            new ApplicationJob(settings, inputs, assets).Build()
        );

    /// <summary>The attributes that all three share.</summary>
    internal static Job NewJob(string id, JobInputs inputs, Topology topology, IReadOnlyList<JobGroup> groups) =>
        new()
        {
            Id = id,
            Namespace = inputs.Namespace,
            Datacenter = inputs.Node.Datacenter,
            NodePool = inputs.Node.NodePool,
            Meta = JobPolicies.Labels,
            Constraints = topology.Constraints,
            Groups = [.. groups.Select(g => Numbered(g, inputs.Runs.GetValueOrDefault($"{id}/{g.Name}", 1)))],
        };

    // A batch group always has a number. A service gets one from its second try on: a new number replaces containers.
    private static JobGroup Numbered(JobGroup group, int run) =>
        group.Restarts && run == 1
            ? group
            : group with
            {
                Meta = new Dictionary<string, string>(group.Meta) { [RunKey] = FormattableString.Invariant($"{run}") },
            };

    /// <summary>A template that writes one item of a variable into a file that only its owner can read.</summary>
    internal static JobTemplate Secret(
        string path,
        string item,
        string file,
        int owner,
        TemplateChange onChange = TemplateChange.Nothing
    ) => new("{{with nomadVar \"" + path + "\"}}{{." + item + "}}{{end}}", $"secrets/{file}", "0400", owner, onChange);
}
