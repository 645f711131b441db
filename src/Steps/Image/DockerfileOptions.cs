using ErpInstaller.Answers;
using ErpInstaller.Releases;

namespace ErpInstaller.Image;

/// <summary>What a Dockerfile depends on beside the lock: who builds it, and where.</summary>
internal sealed record DockerfileOptions
{
    /// <summary>For BuildKit: with its caches of packages.</summary>
    public bool BuildKit { get; init; }

    /// <summary>The release, for what its apps are known to take.</summary>
    public Release Release { get; init; } = new();

    /// <summary>Bytes of memory that are available for the build; null: not known.</summary>
    public long? Memory { get; init; }

    /// <summary>Mirrors and their logins, and the authority that the build trusts.</summary>
    public ImageAnswers Image { get; init; } = new();

    /// <summary>Packages as an earlier build chose them; null: they are chosen now.</summary>
    public PackagesRecord? Packages { get; init; }

    /// <summary>Names of apps whose repositories want a token.</summary>
    public IReadOnlySet<string> WantToken { get; init; } = new HashSet<string>();
}
