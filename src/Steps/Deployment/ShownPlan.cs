using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Toml;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Run;
using Tomlyn;
using Tomlyn.Serialization;

namespace ErpInstaller.Deployment;

/// <summary>
/// The modify indexes that the command plan saw, kept in <c>plan.toml</c> until the jobs are registered. A job that was
/// registered in the meantime makes the shown plan wrong.
/// </summary>
internal sealed class ShownPlan(StepContext context)
{
    private const string Head =
        "# The jobs' modify indexes when \"plan\" showed what would be done; install registers at these or not at "
        + "all.\n";

    private readonly string _path = context.Directory.In("plan.toml");

    /// <summary>Names the Nomad: an index of another one means nothing.</summary>
    private string Where => $"{context.World.Nomad.Address} {context.World.Nomad.Namespace}";

    /// <summary>Keeps the indexes of a plan. If the file cannot be written, planning continues without it.</summary>
    public void Keep(DeploymentPlan plan)
    {
        var shown = new ShownIndexes
        {
            Nomad = Where,
            Jobs = plan.Jobs.ToDictionary(j => j.Job.Id, j => j.Plan.JobModifyIndex),
        };
        try
        {
            context.Directory.Prepare();
            AtomicFile.Write(_path, Head + TomlSerializer.Serialize(shown, ShownPlanToml.Default.ShownIndexes));
        }
        catch (StateDirectoryUnusable e)
        {
            context.Report.Log($"{e.Message}; install cannot compare with this plan", LogLevel.Warning);
        }
    }

    /// <summary>Removes the shown plan: it is done or no longer valid.</summary>
    /// <exception cref="StateDirectoryUnusable">It cannot be deleted.</exception>
    public void Forget()
    {
        // On a new host the directory does not exist either.
        if (File.Exists(_path))
        {
            context.Directory.Prepare();
            File.Delete(_path);
        }
    }

    /// <summary>Compares the present plan with the shown one, if there is one.</summary>
    /// <exception cref="InstallerException">A job changed since the plan was shown.</exception>
    /// <exception cref="InstallerException">The file cannot be parsed.</exception>
    public void Check(DeploymentPlan plan)
    {
        if (Read(_path) is not { } shown || shown.Nomad != Where)
        {
            return;
        }

        foreach (var job in plan.Jobs)
        {
            var now = job.Plan.JobModifyIndex;

            // Nomad removes an ended batch job, which is no change.
            var collected = now == 0 && job.Job.IsBatch;
            if (!collected && shown.Jobs.GetValueOrDefault(job.Job.Id, now) != now)
            {
                throw FollowingErrors.PlanOutdated(job.Job.Id);
            }
        }
    }

    /// <summary>The content of such a file; null: there is none.</summary>
    /// <exception cref="InstallerException">The file cannot be parsed.</exception>
    internal static ShownIndexes? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var text = StateDirectoryUnusable.Trying(path, () => File.ReadAllText(path));
            return SafeToml.Read(text, ShownPlanToml.Default.ShownIndexes);
        }
        catch (TomlUnreadable e)
        {
            throw FileUnreadable.Toml(path, e);
        }
    }
}

/// <summary>The content of <c>plan.toml</c>.</summary>
internal sealed record ShownIndexes
{
    /// <summary>The version of the file's format.</summary>
    [TomlPropertyName("schema")]
    public int Schema { get; init; } = 1;

    /// <summary>Address and namespace.</summary>
    [TomlPropertyName("nomad")]
    public string Nomad { get; init; } = "";

    /// <summary>Job id → modify index; 0: there was none.</summary>
    [TomlPropertyName("jobs")]
    public Dictionary<string, long> Jobs { get; init; } = [];
}

/// <summary>Generated reading and writing of the file; every key has its name at its property.</summary>
[TomlSerializable(typeof(ShownIndexes))]
internal sealed partial class ShownPlanToml : TomlSerializerContext;
