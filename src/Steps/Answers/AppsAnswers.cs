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

    /// <summary>Apps of the operator's own, which no release has: app name → all of its entry.</summary>
    public Dictionary<string, AppOverride> Custom { get; init; } = [];

    /// <summary>All tables of apps, with the names of the apps.</summary>
    public IEnumerable<KeyValuePair<string, AppOverride>> Tables() => Custom.Concat(Override);

    /// <summary>The table of an app; null: it is as the release has it.</summary>
    public AppOverride? Of(string app) => Custom.GetValueOrDefault(app) ?? Override.GetValueOrDefault(app);

    /// <summary>The key of an app's table, whether it is there or not: <c>apps.override.crm</c>.</summary>
    public string KeyOf(string app) => Custom.ContainsKey(app) ? $"apps.custom.{app}" : $"apps.override.{app}";
}

/// <summary>
/// An <c>[apps.override.NAME]</c> table: an absent key keeps the release's value. Or an <c>[apps.custom.NAME]</c>
/// table, which has at least URL and ref.
/// </summary>
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
