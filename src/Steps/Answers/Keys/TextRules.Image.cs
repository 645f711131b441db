namespace ErpInstaller.Answers.Keys;

/// <summary>Rules for images and registries, by the grammar of github.com/distribution/reference.</summary>
internal static partial class TextRules
{
    /// <summary>A repository's name without registry and tag.</summary>
    public static readonly TextRule ImageName = new(
        "an image's name: lower-case letters and digits, between them . _ - or /",
        Patterns.ImageName,
        Patterns.ImageNameRegex
    )
    {
        MaxLength = 128,
        Explain = text =>
            text.Contains(':', StringComparison.Ordinal) || text.Contains('@', StringComparison.Ordinal)
                ? "has a tag, and the installer sets the tag itself"
                : null,
        Correct = text => text.Trim().Split('@')[0].Split(':')[0].ToLowerInvariant(),
    };

    /// <summary>An image that exists, with tag or digest.</summary>
    public static readonly TextRule ImageReference = new(
        "an image's reference: [registry/]name[:tag][@sha256:digest]",
        Patterns.ImageReference,
        Patterns.ImageReferenceRegex
    )
    {
        MaxLength = 400,
        Correct = WithoutScheme,
    };

    /// <summary>A registry, with an optional path.</summary>
    public static readonly TextRule Registry = new(
        "a registry's address: host[:port][/path]",
        Patterns.Registry,
        Patterns.RegistryRegex
    )
    {
        Explain = text =>
            Patterns.ImageNameRegex().IsMatch(text) && !Outside.Docker.ImageReference.IsHost(text.Split('/')[0])
                ? "names no host: Docker would take it for a user of Docker Hub"
                : null,
        Correct = text =>
            WithoutScheme(text).TrimEnd('/') is var plain && Outside.Docker.ImageReference.IsHost(plain.Split('/')[0])
                ? plain
                : "docker.io/" + plain,
    };

    /// <summary>A mirror of packages or repositories. It reaches a shell script and configuration files.</summary>
    public static readonly TextRule Mirror = new(
        "an address like https://mirror.example.com/path",
        Patterns.Mirror,
        Patterns.MirrorRegex
    )
    {
        Explain = text =>
            text.Contains('@', StringComparison.Ordinal)
                ? "contains a login: use the keys for user name and password"
                : null,
        Correct = text => text.Contains("://", StringComparison.Ordinal) ? text.Trim() : "https://" + text.Trim(),
    };

    /// <summary>A user at a registry; the names of Harbor's robot accounts contain a dollar sign.</summary>
    public static readonly TextRule RegistryUser = new(
        "a registry's user name",
        Patterns.RegistryUser,
        Patterns.RegistryUserRegex
    );

    private static string WithoutScheme(string text)
    {
        var plain = text.Trim();
        var scheme = plain.IndexOf("://", StringComparison.Ordinal);
        return scheme < 0 ? plain : plain[(scheme + 3)..];
    }
}
