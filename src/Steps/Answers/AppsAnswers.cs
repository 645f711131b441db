using ErpInstaller.Core.Secrets;

namespace ErpInstaller.Answers;

/// <summary>The <c>[apps]</c> table.</summary>
public sealed record AppsAnswers
{
    /// <summary>Apps to install on top of Frappe and ERPNext, by their names in the release.</summary>
    public List<string> Install { get; init; } =
    ["hrms", "crm", "helpdesk", "insights", "gameplan", "lms", "healthcare", "lending"];

    /// <summary>App name → keys of the release's entry to replace.</summary>
    public Dictionary<string, AppOverride> Override { get; init; } = [];
}

/// <summary>An <c>[apps.override.NAME]</c> table; an absent key keeps the release's value.</summary>
public sealed record AppOverride
{
    /// <summary>Where to clone the app from: https, ssh or file.</summary>
    public string? Url { get; init; }

    /// <summary>Branch or tag.</summary>
    public string? Ref { get; init; }

    /// <summary>User name at the git server; absent: a name that most servers accept with a token.</summary>
    public string? Username { get; init; }

    /// <summary>Password or access token for a private repository by https.</summary>
    public SecretSource? Token { get; init; }

    /// <summary>Apps that must be installed before this one.</summary>
    public List<string>? Requires { get; init; }
}

/// <summary>The <c>[erpnext]</c> table.</summary>
public sealed record ErpNextAnswers
{
    /// <summary>Name of a release, a file below <c>assets/releases</c> without its ending.</summary>
    public string Release { get; init; } = "v15.75.1";
}
