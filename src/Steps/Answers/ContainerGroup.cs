using ErpInstaller.Core.Ids;

namespace ErpInstaller.Answers;

/// <summary>
/// A group of containers: the facts that do not depend on the answers. <see cref="ContainerGroups"/> lists them.
/// </summary>
public sealed record ContainerGroup
{
    /// <summary>The name on screens and in documentation, for example <c>queue-short</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the group at Nomad.</summary>
    public string Group
    {
        get => field ?? Name;
        init;
    }

    /// <summary>The key in <c>[resources]</c> and <c>[scale]</c>.</summary>
    public string Key => Name.Replace('-', '_');

    /// <summary>The job that it belongs to.</summary>
    public required JobRole Job { get; init; }

    /// <summary>Its tasks, one container each, in the order in which they start.</summary>
    public IReadOnlyList<string> Tasks
    {
        get => field ?? [Name];
        init;
    }

    /// <summary>Its name in questions.</summary>
    public required string Label { get; init; }

    /// <summary>The program in it, in a sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>The program and its arguments. Empty: the image's own, or the job decides.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>The port that other containers use; null: none.</summary>
    public ContainerPort? Port { get; init; }

    /// <summary>The directory of its data; null: it keeps data in the sites volume only.</summary>
    public ContainerData? Data { get; init; }

    /// <summary>The answer that sets the number of containers; null: always one.</summary>
    public ContainerScale? Scale { get; init; }

    /// <summary>Reads the size of one of its containers.</summary>
    public required Func<ResourcesAnswers, ContainerResources> Size { get; init; }

    /// <summary>Changes that size.</summary>
    public required Func<ResourcesAnswers, ContainerResources, ResourcesAnswers> WithSize { get; init; }

    /// <summary>The size of one of its containers.</summary>
    public ContainerResources SizeIn(AnswerFile answers) => Size(answers.Resources);

    /// <summary>The number of its allocations. Each has one main container.</summary>
    public int CountIn(AnswerFile answers) => Scale?.Count(answers.Scale) ?? 1;

    /// <summary>The id of the job that it belongs to.</summary>
    internal string JobOf(JobIds ids) =>
        Job switch
        {
            JobRole.Data => ids.Data,
            JobRole.Init => ids.Init,
            _ => ids.Application,
        };
}

/// <summary>The installer's jobs at Nomad.</summary>
public enum JobRole
{
    /// <summary>Holds the data.</summary>
    Data,

    /// <summary>Creates the site, then ends.</summary>
    Init,

    /// <summary>Serves the site.</summary>
    Application,
}

/// <summary>A port that other containers use.</summary>
/// <param name="Alias">The name by which they find it.</param>
/// <param name="Number">The container's port.</param>
public sealed record ContainerPort(string Alias, int Number);

/// <summary>A directory that the image declares as a volume.</summary>
/// <param name="Directory">Absolute path in the container.</param>
public sealed record ContainerData(string Directory)
{
    /// <summary>The suffix of the volume's name; null: the data may be lost with the container.</summary>
    public string? Volume { get; init; }

    /// <summary>The answer that names a host volume for it in a cluster.</summary>
    public Func<ClusterAnswers, string?> HostVolume { get; init; } = _ => null;
}

/// <summary>A number of containers that the operator chooses, <c>[scale]</c> in the answers.</summary>
/// <param name="Label">Its name in questions.</param>
/// <param name="Summary">What the containers do, in a sentence.</param>
/// <param name="Count">Reads it.</param>
/// <param name="WithCount">Changes it.</param>
public sealed record ContainerScale(
    string Label,
    string Summary,
    Func<ScaleAnswers, int> Count,
    Func<ScaleAnswers, int, ScaleAnswers> WithCount
);
