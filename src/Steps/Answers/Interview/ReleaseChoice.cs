using ErpInstaller.Releases;

namespace ErpInstaller.Answers.Interview;

/// <summary>The answers with another release.</summary>
public static class ReleaseChoice
{
    /// <summary>Takes the release after or before the present one; at the end of the list it stays.</summary>
    /// <param name="step">1 or -1.</param>
    public static AnswerFile Turn(AnswerFile answers, int step, ReleaseCatalog releases)
    {
        var names = releases.Names.ToList();
        var at = names.IndexOf(answers.Erpnext.Release) + step;
        var turned = answers with
        {
            Erpnext = answers.Erpnext with { Release = names[Math.Clamp(at, 0, names.Count - 1)] },
        };
        return WithoutUnknownApps(turned, releases);
    }

    /// <summary>Leaves out the apps that the release does not have: they could not be installed.</summary>
    public static AnswerFile WithoutUnknownApps(AnswerFile answers, ReleaseCatalog releases)
    {
        if (!releases.Names.Contains(answers.Erpnext.Release))
        {
            return answers;
        }

        var known = releases.Load(answers).Apps;
        return answers with
        {
            Apps = answers.Apps with { Install = [.. answers.Apps.Install.Where(known.ContainsKey)] },
        };
    }
}
