using ErpInstaller.Releases;

namespace ErpInstaller.Answers;

/// <summary>Finds the apps that must be installed for the chosen ones, in order.</summary>
public static class AppSelection
{
    /// <summary>
    /// Every chosen app with what it requires, each dependency before the app that needs it, otherwise in the
    /// operator's order. Frappe and ERPNext are not listed: the base image has them.
    /// </summary>
    /// <exception cref="AppsUnusable">An app is unknown, or apps require each other in a circle.</exception>
    public static IReadOnlyList<ChosenApp> Resolve(AppsAnswers answers, Release release)
    {
        var result = new List<ChosenApp>();
        foreach (var name in answers.Install)
        {
            Add(name, broughtBy: null, []);
        }

        return result;

        void Add(string name, string? broughtBy, IReadOnlyList<string> path)
        {
            if (path.Contains(name))
            {
                throw new AppsUnusable(
                    $"Apps require each other in a circle: {string.Join(" → ", path.Append(name))}",
                    name
                );
            }

            if (result.Any(a => a.Name == name))
            {
                return;
            }

            var entry = release.Apps.GetValueOrDefault(name) ?? throw Unknown(name, broughtBy, release);
            var change = answers.Of(name);
            var requires = (change as AppOverride)?.Requires ?? entry.Requires;
            foreach (var required in requires)
            {
                Add(required, name, [.. path, name]);
            }

            var chosenByOperator = answers.Install.Contains(name);
            result.Add(
                new ChosenApp(
                    name,
                    change?.Url ?? entry.Url,
                    change?.Ref ?? entry.Ref,
                    chosenByOperator ? null : broughtBy
                )
                {
                    Requires = requires,
                    Key = answers.KeyOf(name),
                }
            );
        }
    }

    /// <summary>The operator's own sources of Frappe and ERPNext, which replace those of the base image.</summary>
    public static IReadOnlyList<ChosenApp> Forks(AppsAnswers answers, Release release) =>
        [.. Fork(BaseApps.Frappe, release.Frappe, answers), .. Fork(BaseApps.Erpnext, release.Version, answers)];

    /// <summary>Everything that comes from a repository: the forks, then the apps.</summary>
    /// <inheritdoc cref="Resolve"/>
    public static IReadOnlyList<ChosenApp> Repositories(AppsAnswers answers, Release release) =>
        [.. Forks(answers, release), .. Resolve(answers, release)];

    private static IEnumerable<ChosenApp> Fork(string name, string ownRef, AppsAnswers answers) =>
        answers.Of(name) is { } fork && (fork.Url ?? fork.Ref) is not null
            ?
            [
                new ChosenApp(name, fork.Url ?? $"https://github.com/frappe/{name}", fork.Ref ?? ownRef, null)
                {
                    Key = answers.KeyOf(name),
                },
            ]
            : [];

    private static AppsUnusable Unknown(string name, string? broughtBy, Release release) =>
        new(
            broughtBy is null
                ? $"Release {release.Version} has no app {name}"
                : $"{broughtBy} requires the app {name}, which release {release.Version} does not have",
            name
        );
}

/// <summary>An app that will be installed: the release's entry with the operator's overrides.</summary>
/// <param name="Name">The Python package's name.</param>
/// <param name="Url">Where to clone it from.</param>
/// <param name="Ref">Branch, tag, or a pattern like <c>v16.*</c> for the newest such tag.</param>
/// <param name="BroughtBy">The app that requires it; null when the operator chose it.</param>
public sealed record ChosenApp(string Name, string Url, string Ref, string? BroughtBy)
{
    /// <summary>The apps that it requires, other than Frappe and ERPNext.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>The key of its table in the answers, for messages.</summary>
    public string Key { get; init; } = $"apps.override.{Name}";
}
