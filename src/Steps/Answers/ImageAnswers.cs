using ErpInstaller.Core.Secrets;

namespace ErpInstaller.Answers;

/// <summary>The <c>[image]</c> table.</summary>
public sealed record ImageAnswers
{
    /// <summary>Whether the installer builds the image or uses an existing one.</summary>
    public ImageSource Source { get; init; } = ImageSource.Build;

    /// <summary>For <c>existing</c>: the image's reference.</summary>
    public string? Reference { get; init; }

    /// <summary>For <c>build</c>: repository name without registry and tag.</summary>
    public string Name { get; init; } = "erpnext-full";

    /// <summary>The builder.</summary>
    public ImageBuilder Builder { get; init; } = ImageBuilder.Auto;

    /// <summary>Registry to push to, <c>host[:port][/path]</c>; empty: the image stays on this engine.</summary>
    public string Registry { get; init; } = "";

    /// <summary>User name at the registry; absent: Docker's own configuration decides.</summary>
    public string? Username { get; init; }

    /// <summary>Password or token at the registry.</summary>
    public SecretSource? Password { get; init; }

    /// <summary>For <c>build</c>: where packages of front ends come from instead of the npm registry.</summary>
    public string? NpmRegistry { get; init; }

    /// <summary>User name there.</summary>
    public string? NpmUsername { get; init; }

    /// <summary>Password or token there; a token without a user name.</summary>
    public SecretSource? NpmPassword { get; init; }

    /// <summary>For <c>build</c>: where Python packages come from instead of PyPI.</summary>
    public string? PythonIndex { get; init; }

    /// <summary>User name there.</summary>
    public string? PythonUsername { get; init; }

    /// <summary>Password or token there.</summary>
    public SecretSource? PythonPassword { get; init; }

    /// <summary>For <c>build</c>: replaces <c>https://github.com</c> in the addresses of apps.</summary>
    public string? GitMirror { get; init; }

    /// <summary>User name there.</summary>
    public string? GitUsername { get; init; }

    /// <summary>Password or token there.</summary>
    public SecretSource? GitPassword { get; init; }

    /// <summary>
    /// For <c>build</c>: a PEM file with CAs that the build also trusts. Null: those that an administrator
    /// added to this host; empty: none.
    /// </summary>
    public string? CaCertificate { get; init; }
}

/// <summary>Where the image comes from; in TOML <c>build</c>, <c>existing</c>.</summary>
public enum ImageSource
{
    /// <summary>Built from the release and the lock file.</summary>
    Build,

    /// <summary>An image that exists. The installer checks that it holds the apps.</summary>
    Existing,
}

/// <summary>The builder of the image; in TOML <c>auto</c>, <c>buildx</c>, <c>engine</c>.</summary>
public enum ImageBuilder
{
    /// <summary>buildx when it works, otherwise the engine's own builder.</summary>
    Auto,

    /// <summary>BuildKit through <c>docker buildx build</c>.</summary>
    Buildx,

    /// <summary>The Docker engine's own builder through its API.</summary>
    Engine,
}
