using ErpInstaller.Engine;

namespace ErpInstaller.Images;

/// <summary>What would be built, pulled or pushed.</summary>
public sealed record ImagePlan : StepPlan
{
    /// <summary>The reference that it will have.</summary>
    public required string Reference { get; init; }

    /// <summary>Null when the image is there or somebody else's.</summary>
    public DockerfileText? Dockerfile { get; init; }

    /// <summary>It goes to the registry.</summary>
    public bool Push { get; init; }
}
