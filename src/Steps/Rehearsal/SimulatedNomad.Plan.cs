using System.Net;
using System.Text.Json.Nodes;

namespace ErpInstaller.Rehearsal;

/// <summary>What registering would do: per group, what is placed, left, changed in place or made anew, and what does not fit.</summary>
public sealed partial class SimulatedNomad
{
    private HttpResponseMessage Plan(string id, JsonObject? body)
    {
        if (body?["Job"] is not JsonObject job)
        {
            return Answer(HttpStatusCode.BadRequest, "Job must be specified");
        }

        if (job["ID"]!.GetValue<string>() != id)
        {
            return Answer(HttpStatusCode.BadRequest, "Job ID does not match");
        }

        if (Invalid(job) is { } error)
        {
            return Answer(HttpStatusCode.InternalServerError, error);
        }

        var before = _cluster.Jobs[id]?.AsObject();
        var after = _templates.Canonical(job);
        var updates = after["TaskGroups"]!
            .AsArray()
            .Select(g => g!.AsObject())
            .ToDictionary(g => g["Name"]!.GetValue<string>(), g => DesiredUpdates(before, after, g));
        var index = before?["JobModifyIndex"]!.Long() ?? 0;
        return Json(
            new JsonObject
            {
                ["Annotations"] = new JsonObject { ["DesiredTGUpdates"] = Copy(updates), ["PreemptedAllocs"] = null },
                ["CreatedEvals"] = null,
                ["Diff"] =
                    body["Diff"]?.GetValue<bool>() == true
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
        var name = group["Name"]!.GetValue<string>();
        var count = group["Count"]?.Int() ?? 1;
        var running = before is null ? 0 : Current(before["ID"]!.GetValue<string>(), name).Count();
        var kept = Math.Min(count, running);
        var result = Updates();
        result["Place"] = count - kept;
        result["Stop"] = running - kept;
        var how =
            before is null || JobDiff.SameSpec(before, after) ? "Ignore"
            : JobDiff.Group(before, name) is not null && JobDiff.IsDestructive(before, after, name)
                ? "DestructiveUpdate"
            : "InPlaceUpdate";
        if (how == "DestructiveUpdate" && Canaries(group) is > 0 and var canaries)
        {
            // Those of the old version stay until the canaries are promoted (scheduler/reconcile.go).
            (how, result["Canary"]) = ("Ignore", Math.Min(canaries, count));
        }

        result[how] = kept;
        return result;
    }

    private static int Canaries(JsonObject group) => group["Update"]?["Canary"]?.Int() ?? 0;

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
                .Where(w => updates[w.Key]!.Int() > 0)
                .Select(w => KeyValuePair.Create(w.Value, (JsonNode?)JsonValue.Create(updates[w.Key]!.Int())))
        );
    }

    private static JsonObject Copy(Dictionary<string, JsonObject> updates) =>
        new(updates.Select(u => KeyValuePair.Create(u.Key, (JsonNode?)u.Value.DeepClone())));

    // A group does not fit when its own demand is larger than the node, or when a test says so.
    private JsonObject? FailedGroups(JsonObject job, Dictionary<string, JsonObject> updates)
    {
        var node = TheNode()["NodeResources"]!;
        var failed = new JsonObject();
        foreach (var group in job["TaskGroups"]!.AsArray())
        {
            var name = group!["Name"]!.GetValue<string>();
            var cpu = Demand(group, "CPU") > node["Cpu"]!["CpuShares"]!.Long();
            var memory = Demand(group, "MemoryMB") > node["Memory"]!["MemoryMB"]!.Long();
            var crowded = !HasRoomForCanaries && updates[name]["Canary"]!.Int() > 0;
            var isBlocked = Failures.TryGetValue(name, out var failure) && failure == SimulatedFailure.Blocked;
            if (cpu || memory || crowded || isBlocked)
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

    private static long Demand(JsonNode group, string resource) =>
        group["Tasks"]!.AsArray().Max(t => t!["Resources"]?[resource]?.Long() ?? 0);
}
