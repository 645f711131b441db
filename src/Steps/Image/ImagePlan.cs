using ErpInstaller.Run;

namespace ErpInstaller.Image;

/// <summary>The images to build, pull, check and push.</summary>
internal sealed record ImagePlan : StepPlan
{
    /// <summary>The image's reference.</summary>
    public required string Reference { get; init; }

    /// <summary>The Dockerfile to build; null when the image exists.</summary>
    public DockerfileText? Build { get; init; }

    /// <summary>The part of the package record that applies to this lock; null: nothing is recorded.</summary>
    internal PackagesRecord? Recorded { get; init; }

    /// <summary>
    /// The same Dockerfile with the package record, if <see cref="Build"/> relies on the builder's cache instead.
    /// </summary>
    internal DockerfileText? WithRecord { get; init; }

    /// <summary>True for BuildKit, false for the engine's own builder.</summary>
    public bool Buildx { get; init; }

    /// <summary>Images to pull, in order. If nothing is built, the last one is the image itself.</summary>
    public IReadOnlyList<string> Pull { get; init; } = [];

    /// <summary>The image that exists on this engine or is pulled; null when it is built.</summary>
    public string? Found { get; init; }

    /// <summary>True when the image is pushed to the registry.</summary>
    public bool Push { get; init; }
}
