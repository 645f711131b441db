using ErpInstaller.Run;

namespace ErpInstaller.Image;

/// <summary>What would be built, pulled, looked into and pushed.</summary>
public sealed record ImagePlan : StepPlan
{
    /// <summary>The reference that it will have.</summary>
    public required string Reference { get; init; }

    /// <summary>What to build; null when the image exists somewhere.</summary>
    public DockerfileText? Build { get; init; }

    /// <summary>Packages that an earlier build chose, as far as they hold for this lock; null: none are recorded.</summary>
    internal PackagesRecord? Recorded { get; init; }

    /// <summary>The same Dockerfile with the record, where <see cref="Build"/> leaves it to the builder's cache.</summary>
    internal DockerfileText? WithRecord { get; init; }

    /// <summary>With BuildKit; else with the engine's own builder.</summary>
    public bool Buildx { get; init; }

    /// <summary>Images to pull, in order; the last one is the image itself when nothing is built.</summary>
    public IReadOnlyList<string> Pull { get; init; } = [];

    /// <summary>The image on this engine when it is there already or pulled; null when it is built.</summary>
    public string? Found { get; init; }

    /// <summary>It goes to the registry.</summary>
    public bool Push { get; init; }
}
