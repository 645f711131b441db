using ErpInstaller.Releases;

namespace ErpInstaller.Apps.Requirements;

/// <summary>How an app's own requirements compare with a release and the chosen apps.</summary>
/// <param name="Fit">The verdict.</param>
/// <param name="Words">One line without the app's name: what it says, why it does not fit, or what is not known.</param>
/// <param name="Misfits">All that rules it out.</param>
public sealed record AppCompatibility(AppFit Fit, string Words, IReadOnlyList<Misfit> Misfits)
{
    private const string Python = "Python";

    /// <summary>Compares. Of other apps than Frappe and ERPNext only their being there is asked: their versions are in other repositories.</summary>
    /// <param name="chosen">Names of all apps that will be installed.</param>
    public static AppCompatibility Of(AppRequirements requirements, Release release, IEnumerable<string> chosen)
    {
        var present = chosen.Concat(["frappe", "erpnext"]).ToHashSet(StringComparer.Ordinal);
        var missing = requirements
            .Apps.Keys.Concat(requirements.RequiredApps)
            .Distinct(StringComparer.Ordinal)
            .Where(a => !present.Contains(a))
            .Select(a => new Misfit(a, $"the app {a}", null));
        var needs = Needs(requirements, release).ToList();
        var node = requirements.Node is { } versions
            ? new Need("Node.js", versions, ReleaseVersions.OfNode(release))
            : null;

        // npm's ways to write versions are many more: of Node.js only what rules an app out counts.
        List<Misfit> misfits = [.. needs.SelectMany(n => n.Misfits()), .. node?.Misfits() ?? [], .. missing];
        if (misfits.Count > 0)
        {
            return new AppCompatibility(AppFit.DoesNotFit, misfits[0].Say(), misfits);
        }

        // What it says of ERPNext counts as much, but Python alone says nothing of them.
        var ofRelease = needs.Where(n => n.Of != Python).ToList();
        return requirements.Problem is { } problem ? Unknown(problem)
            : needs.Find(n => n.Holds != true) is { } open ? Unknown(open.Doubt(release))
            : ofRelease.Count == 0 ? Unknown("does not say which Frappe it needs")
            : new AppCompatibility(AppFit.Fits, $"{ofRelease[0].Of} {ofRelease[0].Requirement}", []);
    }

    private static AppCompatibility Unknown(string words) => new(AppFit.Unknown, words, []);

    private static IEnumerable<Need> Needs(AppRequirements requirements, Release release)
    {
        foreach (var app in (string[])["frappe", "erpnext"])
        {
            if (requirements.Apps.TryGetValue(app, out var versions))
            {
                yield return new Need(app, versions, ReleaseVersions.OfApp(app, release));
            }
        }

        if (requirements.Python is { } python)
        {
            yield return new Need(Python, python, ReleaseVersions.OfPython(release));
        }
    }

    private sealed class Need(string of, string versions, VersionSpan? has)
    {
        public string Of => of;

        public VersionRequirement? Requirement { get; } = VersionRequirement.Parse(versions);

        public bool? Holds => has is { } known ? Requirement?.Holds(known) : null;

        public IEnumerable<Misfit> Misfits() =>
            has is { } known && Requirement?.Broken(known) is { Count: > 0 } broken
                ? [new Misfit(of, $"{of} {string.Join(',', broken.Select(c => c.Text))}", known.Beside(broken[0].Span))]
                : [];

        // A text that is not understood is not repeated: it may hold anything.
        public string Doubt(Release release) =>
            Requirement is null
                ? $"what it needs of {of} is not understood"
                : $"needs {of} {Requirement}; of {release.Version} is known: {(has is { } known ? known.ToString() : "nothing")}";
    }
}
