using System.Text.Json.Nodes;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.Following;

/// <summary>A job with Nomad's plan for it.</summary>
/// <param name="Job">The model.</param>
/// <param name="Json">The request body.</param>
/// <param name="Plan">Nomad's plan for it.</param>
public sealed record PlannedJob(Job Job, JsonObject Json, NomadPlan Plan)
{
    /// <summary>Whether the request body is a specification that Nomad had, and not the model.</summary>
    public bool IsOfNomad { get; init; }

    /// <summary>Whether registering it would change something.</summary>
    public bool HasChanges => Plan.Diff?.Type != "None";

    /// <summary>Whether registering it would replace a container of this group.</summary>
    public bool Replaces(string group) =>
        Plan.Annotations?.DesiredTGUpdates?.GetValueOrDefault(group) is { } update
        && update.DestructiveUpdate + update.Canary > 0;

    /// <summary>The changes in words, one per group and kind.</summary>
    public IEnumerable<PlannedChange> Describe()
    {
        var differences = new JobDifferences(Plan.Diff);
        foreach (var (name, update) in Plan.Annotations?.DesiredTGUpdates ?? [])
        {
            var why = differences.Of(name);
            if (update.Place > 0)
            {
                yield return new PlannedChange(
                    ChangeKind.Create,
                    $"{Job.Id}/{name} × {update.Place}",
                    why.Length > 0 ? why : Made(name)
                );
            }

            // Nomad counts the allocations that a canary will replace as ignored.
            if (Replaces(name))
            {
                var replaced = update.DestructiveUpdate + (update.Canary > 0 ? update.Ignore : 0);
                yield return new PlannedChange(ChangeKind.Replace, $"{Job.Id}/{name} × {replaced}", why);
            }

            if (update.Migrate > 0)
            {
                yield return new PlannedChange(
                    ChangeKind.Replace,
                    $"{Job.Id}/{name} × {update.Migrate}",
                    "moves to another node"
                );
            }

            // A changed count also updates the remaining allocations. The added and removed ones show the change.
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

    // For a new group, its resources. The image is left out, because it would be repeated for each group.
    private string Made(string group)
    {
        if (Job.Groups.FirstOrDefault(g => g.Name == group) is not { } made)
        {
            return "";
        }

        var largest = made.Tasks.MaxBy(t => t.Memory)!;
        return FormattableString.Invariant($"{largest.Mhz} MHz, {largest.Memory} MiB{(made.Count > 1 ? " each" : "")}");
    }
}
