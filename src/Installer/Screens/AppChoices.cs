using ErpInstaller.Answers;

namespace ErpInstaller.Screens;

/// <summary>The answers after a choice of app.</summary>
internal static class AppChoices
{
    /// <summary>Adds an app, or removes it.</summary>
    public static AnswerFile Toggle(AnswerFile answers, AppRow app) =>
        answers with
        {
            Apps = answers.Apps with
            {
                Install = app.IsChosen
                    ? [.. answers.Apps.Install.Where(a => a != app.Name)]
                    : [.. answers.Apps.Install, app.Name],
            },
        };

    /// <summary>
    /// Sets the branch or tag of an app. An empty text, or the release's ref, removes the operator's. An app of the
    /// operator's own keeps its ref then: no release has another one.
    /// </summary>
    public static AnswerFile WithRef(AnswerFile answers, AppRow app, string reference)
    {
        if (answers.Apps.Custom.TryGetValue(app.Name, out var own))
        {
            var custom = new Dictionary<string, AppOverride>(answers.Apps.Custom)
            {
                [app.Name] = own with { Ref = reference.Length == 0 ? own.Ref : reference },
            };
            return answers with { Apps = answers.Apps with { Custom = custom } };
        }

        var change = answers.Apps.Override.GetValueOrDefault(app.Name) ?? new AppOverride();
        var same = reference.Length == 0 || reference == app.OwnRef;
        var overrides = new Dictionary<string, AppOverride>(answers.Apps.Override)
        {
            [app.Name] = change with { Ref = same ? null : reference },
        };
        if (overrides[app.Name] == new AppOverride())
        {
            overrides.Remove(app.Name);
        }

        return answers with
        {
            Apps = answers.Apps with { Override = overrides },
        };
    }
}
