using ErpInstaller.Releases;

namespace ErpInstaller.Apps.Requirements;

/// <summary>The result of comparing an app's requirements with a release and the chosen apps.</summary>
/// <param name="Fit">The verdict.</param>
/// <param name="Description">One line without the app's name: the requirement, why it is not met, or what is
/// unknown.</param>
/// <param name="Misfits">All requirements that are not met.</param>
public sealed record AppCompatibility(AppFit Fit, string Description, IReadOnlyList<Misfit> Misfits)
{
    private const string Python = "Python";

    /// <summary>
    /// Compares versions of Frappe and ERPNext. Other apps must only be chosen, because their versions are in their own
    /// repositories.
    /// </summary>
    /// <param name="chosen">Names of all apps that will be installed.</param>
    /// <param name="forks">Those of Frappe and ERPNext that are the operator's own: the release does not know their
    /// versions.</param>
    public static AppCompatibility Of(
        AppRequirements requirements,
        Release release,
        IEnumerable<string> chosen,
        IEnumerable<string>? forks = null
    )
    {
        var present = chosen.Concat(["frappe", "erpnext"]).ToHashSet(StringComparer.Ordinal);
        var missing = requirements
            .Apps.Keys.Concat(requirements.RequiredApps)
            .Distinct(StringComparer.Ordinal)
            .Where(a => !present.Contains(a))
            .Select(a => new Misfit(a, $"the app {a}", null));
        var needs = Needs(requirements, release, [.. forks ?? []]).ToList();
        var node = requirements.Node is { } versions
            ? new Need("Node.js", versions, ReleaseVersions.OfNode(release))
            : null;

        // npm has more syntax for versions than this parser knows, so Node.js counts only when a requirement is not
        // met.
        List<Misfit> misfits = [.. needs.SelectMany(n => n.Misfits()), .. node?.Misfits() ?? [], .. missing];
        if (misfits.Count > 0)
        {
            return new AppCompatibility(AppFit.DoesNotFit, misfits[0].Describe(), misfits);
        }

        // A requirement on ERPNext is as good as one on Frappe; one on Python alone is not.
        var ofRelease = needs.Where(n => n.Of != Python).ToList();
        return requirements.Problem is { } problem ? Unknown(problem)
            : needs.Find(n => n.Holds != true) is { } open ? Unknown(open.Doubt(release))
            : ofRelease.Count == 0 ? Unknown("does not state which Frappe it needs")
            : new AppCompatibility(AppFit.Fits, $"{ofRelease[0].Of} {ofRelease[0].Requirement}", []);
    }

    private static AppCompatibility Unknown(string words) => new(AppFit.Unknown, words, []);

    private static IEnumerable<Need> Needs(AppRequirements requirements, Release release, HashSet<string> forks)
    {
        foreach (var app in (string[])["frappe", "erpnext"])
        {
            if (requirements.Apps.TryGetValue(app, out var versions))
            {
                yield return new Need(app, versions, forks.Contains(app) ? null : ReleaseVersions.OfApp(app, release));
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

        // An unparsed text is not repeated: it is untrusted.
        public string Doubt(Release release) =>
            Requirement is null
                ? $"its requirement on {of} cannot be parsed"
                : $"needs {of} {Requirement}; "
                    + $"{release.Version} has {(has is { } known ? known.ToString() : "an unknown version")}";
    }
}
