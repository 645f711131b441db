using System.Text.Json.Nodes;
using ErpInstaller.Engine;
using ErpInstaller.Nomad;

namespace ErpInstaller.Deployment;

/// <summary>A job with what Nomad says that registering it would do.</summary>
/// <param name="Job">The model.</param>
/// <param name="Json">The same as it is sent.</param>
/// <param name="Plan">Nomad's plan of it.</param>
public sealed record PlannedJob(Job Job, JsonObject Json, NomadPlan Plan)
{
    private const int LongestValue = 60;

    /// <summary>Registering it would change something.</summary>
    public bool Changes => Plan.Diff?.Type != "None";

    /// <summary>The changes in words, one per group.</summary>
    public IEnumerable<PlannedChange> Describe()
    {
        foreach (var (name, update) in Plan.Annotations?.DesiredTGUpdates ?? [])
        {
            var why = Differences(name);
            if (update.Place > 0)
            {
                yield return new PlannedChange(ChangeKind.Create, $"{Job.Id}/{name} × {update.Place}", why);
            }

            if (update.DestructiveUpdate > 0)
            {
                yield return new PlannedChange(ChangeKind.Replace, $"{Job.Id}/{name} × {update.DestructiveUpdate}", why);
            }

            // A count that changes is an update of those that stay, too: what comes and goes says it.
            if (update.InPlaceUpdate > 0 && why.Length > 0 && update is { Place: 0, Stop: 0 })
            {
                yield return new PlannedChange(ChangeKind.Update, $"{Job.Id}/{name} × {update.InPlaceUpdate}", why);
            }

            if (update.Stop > 0)
            {
                yield return new PlannedChange(ChangeKind.Destroy, $"{Job.Id}/{name} × {update.Stop}", why);
            }
        }
    }

    // "Env[V]: 1 → 2" for every field that was edited; of a new group nothing, all of it is new.
    private string Differences(string group)
    {
        var diff = Plan.Diff?.TaskGroups?.FirstOrDefault(g => g.Name == group);
        if (diff is null or { Type: "Added" or "None" })
        {
            return "";
        }

        var fields = Fields("", diff.Fields, diff.Objects).Concat((diff.Tasks ?? []).SelectMany(t => Fields("", t.Fields, t.Objects)));
        return string.Join("; ", fields.Where(f => f.Type != "None").Select(f => $"{f.Name}: {Short(f.Old)} → {Short(f.New)}"));
    }

    private static IEnumerable<NomadFieldDiff> Fields(string prefix, List<NomadFieldDiff>? fields, List<NomadObjectDiff>? objects) =>
        (fields ?? []).Select(f => f with { Name = prefix + f.Name })
        .Concat((objects ?? []).SelectMany(o => Fields($"{prefix}{o.Name}.", o.Fields, o.Objects)));

    // A template's text is shown by its length: its lines would bury everything else.
    private static string Short(string value) =>
        value.Length == 0 ? "(none)" : value.Length > LongestValue || value.Contains('\n', StringComparison.Ordinal) ? $"({value.Length} characters)" : value;
}
