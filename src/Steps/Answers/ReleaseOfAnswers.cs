using ErpInstaller.Releases;

namespace ErpInstaller.Answers;

/// <summary>The release that answers name, with the operator's own apps beside its own.</summary>
public static class ReleaseOfAnswers
{
    /// <summary>Reads it.</summary>
    /// <inheritdoc cref="ReleaseCatalog.Load"/>
    public static Release Load(this ReleaseCatalog catalog, AnswerFile answers) =>
        catalog.Load(answers.Erpnext.Release).With(answers.Apps);

    /// <summary>The release and the operator's own apps. An app of the release stays as it is.</summary>
    public static Release With(this Release release, AppsAnswers answers) =>
        answers.Custom.Count == 0
            ? release
            : release with
            {
                Apps = release
                    .Apps.Concat(
                        answers
                            .Custom.Where(a => !release.Apps.ContainsKey(a.Key))
                            .Select(a => KeyValuePair.Create(a.Key, Entry(a.Key, a.Value)))
                    )
                    .ToDictionary(),
            };

    private static ReleaseApp Entry(string name, AppOverride app) =>
        new()
        {
            Title = name,
            Description = "An app of your own.",
            Url = app.Url ?? "",
            Ref = app.Ref ?? "",
            Requires = app.Requires ?? [],
        };
}
