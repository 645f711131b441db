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
        var offered = release
            .Apps.Where(a => !a.Value.Dependency || chosen.ContainsKey(a.Key))
            .OrderBy(a => a.Value.Dependency);
        return
        [
            Fixed("frappe", "Framework", "The framework that all apps are made with.", release.Frappe),
            Fixed("erpnext", "ERPNext", "Accounting, stock, buying, selling, projects.", release.Version),
            .. offered.Select(a => Row(a.Key, a.Value, answers, chosen.GetValueOrDefault(a.Key))),
        ];
    }

    private static AppRow Fixed(string name, string title, string description, string reference) =>
        new(name, title, description, "", reference, reference, "", [], IsChosen: true, BroughtBy: null, IsFixed: true);

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
            change?.Requires ?? app.Requires,
            answers.Apps.Install.Contains(name),
            chosen?.BroughtBy,
            IsFixed: false
        );
    }
}
