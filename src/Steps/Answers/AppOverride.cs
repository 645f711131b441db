using ErpInstaller.Core.Secrets;

namespace ErpInstaller.Answers;

/// <summary>An <c>[apps.override.NAME]</c> table; an absent key keeps the release's value.</summary>
public sealed record AppOverride
{
    /// <summary>Where to clone the app from: https, ssh or file.</summary>
    public string? Url { get; init; }

    /// <summary>Branch or tag.</summary>
    public string? Ref { get; init; }

    /// <summary>User name at the git server; absent: one that servers take with a token.</summary>
    public string? Username { get; init; }

    /// <summary>Password or access token for a private repository by https.</summary>
    public SecretSource? Token { get; init; }

    /// <summary>Apps that must be installed before this one.</summary>
    public List<string>? Requires { get; init; }
}
