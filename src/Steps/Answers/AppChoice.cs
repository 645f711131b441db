using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.Releases;

namespace ErpInstaller.Answers;

/// <summary>Whether an app can be added to a site, or removed from it.</summary>
public static class AppChoice
{
    /// <summary>The apps that are installed with an app, because it needs them.</summary>
    /// <param name="app">The app.</param>
    /// <param name="before">The answers without the app.</param>
    /// <param name="release">The release of the answers.</param>
    public static IReadOnlyList<string> Brought(string app, AppsAnswers before, Release release) =>
        [.. Needs(app, before, release).Except(Names(before, release)).Where(a => a != app)];

    /// <summary>The app and everything that it needs, each app after those that it needs.</summary>
    public static IReadOnlyList<string> Needs(string app, AppsAnswers answers, Release release) =>
        Names(answers with { Install = [app] }, release);

    /// <summary>All apps that the answers install, beside those of the base image.</summary>
    public static IReadOnlyList<string> Names(AppsAnswers answers, Release release) =>
        [.. AppSelection.Resolve(answers, release).Select(a => a.Name)];

    /// <summary>Refuses an app that is unknown or installed.</summary>
    /// <exception cref="InstallerException">It is.</exception>
    internal static void CheckNew(string app, AppsAnswers answers, Release release)
    {
        if (BaseApps.All.Contains(app) || answers.Install.Contains(app))
        {
            throw Refused(
                $"{app} is installed already",
                "Nothing was changed. If an earlier run did not end: erp-installer install"
            );
        }

        if (release.Apps.ContainsKey(app))
        {
            return;
        }

        List<string> known = [.. release.Apps.Keys.Order(StringComparer.Ordinal)];
        var near = Nearest.To(app, known) is { } name ? $"; did you mean {name}?" : "";
        throw Refused(
            $"Release {release.Version} has no app {app}{near}",
            $"Its apps: {string.Join(", ", known)}. An app of your own "
                + $"needs a table [apps.custom.{app}] in the answers."
        );
    }

    /// <summary>Refuses an app that belongs to every site, or that another app needs.</summary>
    /// <param name="answers">The answers without the app.</param>
    /// <exception cref="InstallerException">It is.</exception>
    internal static void CheckUnneeded(string app, AppsAnswers answers, Release release)
    {
        if (BaseApps.All.Contains(app))
        {
            throw Refused($"{app} belongs to every site", "To remove the whole installation: erp-installer remove");
        }

        var needing = AppSelection
            .Resolve(answers, release)
            .Where(a => a.Requires.Contains(app))
            .Select(a => a.Name)
            .ToList();
        if (needing.Count > 0)
        {
            throw Refused(
                $"{app} cannot be removed: {string.Join(", ", needing)} {(needing.Count == 1 ? "needs" : "need")} it",
                $"Nothing was changed. Remove first: erp-installer apps remove {needing[0]}"
            );
        }
    }

    private static InstallerException Refused(string message, string hint) =>
        new(ErrorCode.AppsUnusable, message, hint);
}
