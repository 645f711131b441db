using ErpInstaller.Answers;
using ErpInstaller.Releases;

namespace ErpInstaller.Screens;

/// <summary>The answers after what is chosen among release and apps.</summary>
internal static class AppChoices
{
    /// <summary>Takes an app, or leaves it out.</summary>
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

    /// <summary>Takes another branch or tag of an app; the release's own one, or an empty one, takes what was said of it back.</summary>
    public static AnswerFile WithRef(AnswerFile answers, AppRow app, string reference)
    {
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

    /// <summary>Takes the release before or after the present one, and leaves out the apps that it does not have.</summary>
    public static AnswerFile WithRelease(AnswerFile answers, ReleaseCatalog releases, int step)
    {
        var names = releases.Names.ToList();
        var name = names[Math.Clamp(names.IndexOf(answers.Erpnext.Release) + step, 0, names.Count - 1)];
        var known = releases.Load(name).Apps;
        return answers with
        {
            Erpnext = answers.Erpnext with { Release = name },
            Apps = answers.Apps with { Install = [.. answers.Apps.Install.Where(known.ContainsKey)] },
        };
    }
}
