using ErpInstaller.Releases;

namespace ErpInstaller.Answers.Interview;

/// <summary>The answers with another release.</summary>
public static class ReleaseChoice
{
    /// <summary>Takes a release, and leaves out the apps that it does not have.</summary>
    /// <param name="release">Its name. One that the catalog does not have is taken too; the rules report it.</param>
    public static AnswerFile Take(AnswerFile answers, string release, ReleaseCatalog releases)
    {
        var changed = answers with { Erpnext = answers.Erpnext with { Release = release } };
        if (!releases.Names.Contains(release))
        {
            return changed;
        }

        var known = releases.Load(release).Apps;
        return changed with
        {
            Apps = answers.Apps with { Install = [.. answers.Apps.Install.Where(known.ContainsKey)] },
        };
    }

    /// <summary>Takes the release after or before the present one; at the end of the list it stays.</summary>
    /// <param name="step">1 or -1.</param>
    public static AnswerFile Turn(AnswerFile answers, int step, ReleaseCatalog releases)
    {
        var names = releases.Names.ToList();
        var at = names.IndexOf(answers.Erpnext.Release) + step;
        return Take(answers, names[Math.Clamp(at, 0, names.Count - 1)], releases);
    }
}
