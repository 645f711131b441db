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

    /// <summary>Another source of Frappe itself; without URL and ref, Frappe is the base image's.</summary>
    public AppSource Frappe { get; init; } = new();

    /// <summary>The same for ERPNext.</summary>
    public AppSource Erpnext { get; init; } = new();

    /// <summary>All tables of apps, with the names of the apps.</summary>
    public IEnumerable<(string App, AppSource Source)> Tables() =>
        [
            .. Custom.Concat(Override).Select(a => (a.Key, (AppSource)a.Value)),
            (BaseApps.Frappe, Frappe),
            (BaseApps.Erpnext, Erpnext),
        ];

    /// <summary>The table of an app; null: it is as the release has it.</summary>
    public AppSource? Of(string app) =>
        app switch
        {
            BaseApps.Frappe => Frappe,
            BaseApps.Erpnext => Erpnext,
            _ => Custom.GetValueOrDefault(app) ?? Override.GetValueOrDefault(app),
        };

    /// <summary>The key of an app's table, whether it is there or not: <c>apps.override.crm</c>.</summary>
    public string KeyOf(string app) =>
        BaseApps.All.Contains(app) ? $"apps.{app}"
        : Custom.ContainsKey(app) ? $"apps.custom.{app}"
        : $"apps.override.{app}";
}

/// <summary>The apps that are always installed, because the base image has them.</summary>
public static class BaseApps
{
    /// <summary>The names of their Python packages.</summary>
    public const string Frappe = "frappe",
        Erpnext = "erpnext";

    /// <summary>All of them, in the order of installation.</summary>
    public static IReadOnlyList<string> All { get; } = [Frappe, Erpnext];
}

/// <summary>
/// Where an app comes from: <c>[apps.frappe]</c> or <c>[apps.erpnext]</c>. An absent key keeps the release's value.
/// </summary>
public record AppSource
{
    /// <summary>Where to clone the app from: https, ssh or file.</summary>
    public string? Url { get; init; }

    /// <summary>Branch or tag.</summary>
    public string? Ref { get; init; }

    /// <summary>User name at the git server; absent: a name that most servers accept with a token.</summary>
    public string? Username { get; init; }

    /// <summary>Password or access token for a private repository by https.</summary>
    public SecretSource? Token { get; init; }
}

/// <summary>
/// An <c>[apps.override.NAME]</c> table; an absent key keeps the release's value. Or an <c>[apps.custom.NAME]</c>
/// table, which has at least URL and ref.
/// </summary>
public sealed record AppOverride : AppSource
{
    /// <summary>Apps that must be installed before this one.</summary>
    public List<string>? Requires { get; init; }
}

/// <summary>The <c>[erpnext]</c> table.</summary>
public sealed record ErpNextAnswers
{
    /// <summary>Name of a release, a file below <c>assets/releases</c> without its ending.</summary>
    public string Release { get; init; } = "v15.75.1";
}
