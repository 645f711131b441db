using System.Net;
using System.Text.Json.Nodes;

namespace ErpInstaller.Rehearsal;

/// <summary>
/// Plans a job: lists the allocations to place, keep, change in place or replace, and those that do not fit.
/// </summary>
internal sealed partial class RehearsedNomad
{
    private HttpResponseMessage Plan(string id, JsonObject? body)
    {
        if (body?["Job"] is not JsonObject job)
        {
            return Answer(HttpStatusCode.BadRequest, "Job must be specified");
        }

        if (job.Text("ID") != id)
        {
            return Answer(HttpStatusCode.BadRequest, "Job ID does not match");
        }

        if (Invalid(job) is { } error)
        {
            return Answer(HttpStatusCode.InternalServerError, error);
        }

        var before = _servers.Jobs[id]?.AsObject();
        var after = _templates.Canonical(job);
        var updates = after.Groups().ToDictionary(g => g.Text("Name"), g => DesiredUpdates(before, after, g));
        var index = before?.Long("JobModifyIndex") ?? 0;
        return Json(
            new JsonObject
            {
                ["Annotations"] = new JsonObject { ["DesiredTGUpdates"] = Copy(updates), ["PreemptedAllocs"] = null },
                ["CreatedEvals"] = null,
                ["Diff"] = body.Flag("Diff")
                    ? JobDiff.Describe(before, after, updates.ToDictionary(u => u.Key, u => InWords(u.Value)))
                    : null,
                ["FailedTGAllocs"] = FailedGroups(after, updates),
                ["Index"] = index,
                ["JobModifyIndex"] = index,
                ["NextPeriodicLaunch"] = null,
                ["Warnings"] = "",
            }
        );
    }

    private JsonObject DesiredUpdates(JsonObject? before, JsonObject after, JsonObject group)
    {
        var name = group.Text("Name");
        var count = group.Count();
        var running = before is null ? 0 : Current(before.Text("ID"), name).Count();
        var kept = Math.Min(count, running);
        var result = Updates();
        result["Place"] = count - kept;
        result["Stop"] = running - kept;
        var how =
            before is null || JobDiff.SameSpec(before, after) ? "Ignore"
            : before.Group(name) is not null && JobDiff.IsDestructive(before, after, name) ? "DestructiveUpdate"
            : "InPlaceUpdate";
        if (how == "DestructiveUpdate" && Canaries(group) is > 0 and var canaries)
        {
            // The old allocations stay until the canaries are promoted (scheduler/reconcile.go).
            (how, result["Canary"]) = ("Ignore", Math.Min(canaries, count));
        }

        result[how] = kept;
        return result;
    }

    private static int Canaries(JsonObject group) => group["Update"]?.Int("Canary", 0) ?? 0;

    private static JsonObject Updates() =>
        new()
        {
            ["Canary"] = 0,
            ["DestructiveUpdate"] = 0,
            ["Ignore"] = 0,
            ["InPlaceUpdate"] = 0,
            ["Migrate"] = 0,
            ["Place"] = 0,
            ["Preemptions"] = 0,
            ["Stop"] = 0,
        };

    private static JsonObject InWords(JsonObject updates)
    {
        var words = new Dictionary<string, string>
        {
            ["Place"] = "create",
            ["DestructiveUpdate"] = "create/destroy update",
            ["Canary"] = "canary",
            ["InPlaceUpdate"] = "in-place update",
            ["Ignore"] = "ignore",
            ["Stop"] = "destroy",
        };
        return new JsonObject(
            words
                .Where(w => updates.Int(w.Key) > 0)
                .Select(w => KeyValuePair.Create(w.Value, (JsonNode?)JsonValue.Create(updates.Int(w.Key))))
        );
    }

    private static JsonObject Copy(Dictionary<string, JsonObject> updates) =>
        new(updates.Select(u => KeyValuePair.Create(u.Key, (JsonNode?)u.Value.DeepClone())));

    // A group does not fit if a task asks for more than the node has, or if the clients are full.
    private JsonObject? FailedGroups(JsonObject job, Dictionary<string, JsonObject> updates)
    {
        var node = TheNode()["NodeResources"]!;
        var failed = new JsonObject();
        foreach (var group in job.Groups())
        {
            var name = group.Text("Name");
            var cpu = Demand(group, "CPU") > node["Cpu"]!.Long("CpuShares");
            var memory = Demand(group, "MemoryMB") > node["Memory"]!.Long("MemoryMB");
            if (cpu || memory || !_client.HasRoom(name, besideOld: updates[name].Int("Canary") > 0))
            {
                var metrics = _templates.New("evaluation-complete-failed-placement")["FailedTGAllocs"]![
                    "database"
                ]!.DeepClone();
                metrics["DimensionExhausted"] = new JsonObject { [cpu ? "cpu" : "memory"] = 1 };
                failed[name] = metrics;
            }
        }

        return failed.Count == 0 ? null : failed;
    }

    private static int Demand(JsonObject group, string resource) =>
        group.Tasks().Max(t => t["Resources"]?.Int(resource, 0) ?? 0);
}
