using ErpInstaller.Answers;
using ErpInstaller.Releases;

namespace ErpInstaller.Screens;

/// <summary>The apps of a release under the present answers.</summary>
internal static class AppRows
{
    /// <summary>First Frappe and ERPNext, then the apps to choose from, then the required ones.</summary>
    /// <exception cref="AppsUnusable">Apps require each other in a circle.</exception>
    public static IReadOnlyList<AppRow> Of(AnswerFile answers, Release release)
    {
        var chosen = AppSelection.Resolve(answers.Apps, release).ToDictionary(a => a.Name);
        var forks = AppSelection.Forks(answers.Apps, release);
        AppRow Fixed(string name, string title, string description, string ownRef)
        {
            var fork = forks.FirstOrDefault(f => f.Name == name);
            return new AppRow(
                name,
                title,
                description,
                fork?.Url ?? "",
                fork?.Ref ?? ownRef,
                ownRef,
                fork is null ? "" : "Your own source, in place of the base image's.",
                [],
                IsChosen: true,
                BroughtBy: null,
                IsFixed: true
            );
        }

        var offered = release
            .Apps.Where(a => !a.Value.Dependency || chosen.ContainsKey(a.Key))
            .OrderBy(a => a.Value.Dependency);
        return
        [
            Fixed(BaseApps.Frappe, "Framework", "The framework that all apps are made with.", release.Frappe),
            Fixed(BaseApps.Erpnext, "ERPNext", "Accounting, stock, buying, selling, projects.", release.Version),
            .. offered.Select(a => Row(a.Key, a.Value, answers, chosen.GetValueOrDefault(a.Key))),
        ];
    }

    private static AppRow Row(string name, ReleaseApp app, AnswerFile answers, ChosenApp? chosen)
    {
        var change = answers.Apps.Of(name);
        return new AppRow(
            name,
            app.Title,
            app.Description,
            change?.Url ?? app.Url,
            change?.Ref ?? app.Ref,
            app.Ref,
            app.Note,
            (change as AppOverride)?.Requires ?? app.Requires,
            answers.Apps.Install.Contains(name),
            chosen?.BroughtBy,
            IsFixed: false
        );
    }
}
