using System.Text.RegularExpressions;

namespace ErpInstaller.Deployment.Following;

/// <summary>Reads the present work of create-site.sh and its progress from its lines.</summary>
/// <param name="apps">The apps in the order of installation, ERPNext first.</param>
internal sealed partial class InitProgress(IReadOnlyList<string> apps)
{
    /// <summary>For example <c>installing hrms (3 of 8)</c>; null before the first such line.</summary>
    public string? Doing { get; private set; }

    /// <summary>0 to 1; null before it is known.</summary>
    public double? Ratio { get; private set; }

    /// <summary>Takes a line. Returns whether the work or the progress changed.</summary>
    public bool Take(string line)
    {
        if (Step().Match(line) is not { Success: true } step)
        {
            return false;
        }

        var (doing, done) = Of(step);
        if (doing is null || doing == Doing)
        {
            return false;
        }

        // One part per app, and one for the migration.
        (Doing, Ratio) = (doing, Math.Max(Ratio ?? 0, done / (apps.Count + 1.0)));
        return true;
    }

    private (string? Doing, double Done) Of(Match step)
    {
        if (step.Groups["app"] is { Success: true, Value: var app })
        {
            var number = apps.ToList().IndexOf(app);
            return number < 0 ? ($"installing {app}", 0) : ($"installing {app} ({number + 1} of {apps.Count})", number);
        }

        return step.Groups["state"].Value switch
        {
            "" => ("migrating", apps.Count),
            "created" => ("the site exists", 0),
            _ => ($"creating the site with {apps[0]} (1 of {apps.Count})", 0),
        };
    }

    [GeneratedRegex(
        @"^create-site: (?:installing (?<app>[a-z0-9_]+)|site \S+: (?<state>absent|half|created)|migrating)$"
    )]
    private static partial Regex Step();
}
