using ErpInstaller.Answers;
using ErpInstaller.Core.Files;
using ErpInstaller.Releases;

namespace ErpInstaller.Image;

/// <summary>The inputs of a Dockerfile beside the apps lock.</summary>
internal sealed record DockerfileOptions
{
    /// <summary>True for BuildKit, whose package caches are then used.</summary>
    public bool BuildKit { get; init; }

    /// <summary>The release, with the build figures of its apps.</summary>
    public Release Release { get; init; } = new();

    /// <summary>Bytes of memory that the build can use; null: unknown.</summary>
    public long? Memory { get; init; }

    /// <summary>Cores that the build can use.</summary>
    public double Cores { get; init; }

    /// <summary>The mirrors with their logins.</summary>
    public ImageAnswers Image { get; init; } = new();

    /// <summary>CAs that the engine's own builder gets as a file; null: none. BuildKit gets them as a secret.</summary>
    public GeneratedFile? Authorities { get; init; }

    /// <summary>The package record to use; null: the build chooses the packages.</summary>
    public PackagesRecord? Packages { get; init; }

    /// <summary>Names of the apps whose repositories need a token.</summary>
    public IReadOnlySet<string> WantToken { get; init; } = new HashSet<string>();
}
