using System.Text.Json.Nodes;

namespace ErpInstaller.Rehearsal;

/// <summary>Compares two versions of a job and describes the difference as Nomad's plan does.</summary>
internal static class JobDiff
{
    // The servers set these members.
    private static readonly string[] Bookkeeping =
    [
        "CreateIndex",
        "JobModifyIndex",
        "ModifyIndex",
        "Version",
        "Status",
        "StatusDescription",
        "Stable",
        "SubmitTime",
        "NomadTokenID",
        "VersionTag",
    ];

    // Changing these does not replace the containers (scheduler/util.go, tasksUpdated).
    private static readonly string[] InPlace =
    [
        "Count",
        "Update",
        "RestartPolicy",
        "ReschedulePolicy",
        "Migrate",
        "Tasks",
        "Services",
        "Scaling",
        "KillTimeout",
        "ShutdownDelay",
        "LogConfig",
        "Constraints",
    ];

    /// <summary>Whether both jobs are the same, apart from the members that the servers set.</summary>
    public static bool SameSpec(JsonObject before, JsonObject after) => JsonNode.DeepEquals(Spec(before), Spec(after));

    /// <summary>Whether the difference replaces the group's containers.</summary>
    public static bool IsDestructive(JsonObject before, JsonObject after, string group)
    {
        var old = before.Group(group)!;
        var changed = after.Group(group)!;
        return !JsonNode.DeepEquals(before["Meta"], after["Meta"])
            || ChangedMembers(old, changed).Except(InPlace).Any()
            || old.Tasks().Zip(changed.Tasks()).Any(t => ChangedMembers(t.First, t.Second).Except(InPlace).Any())
            || old.Tasks().Count() != changed.Tasks().Count();
    }

    /// <summary>The plan's <c>Diff</c>: fields and objects that differ, per group and task.</summary>
    /// <param name="updates">Group → its <c>Updates</c>, for example <c>create/destroy update</c> → 1.</param>
    public static JsonObject Describe(
        JsonObject? before,
        JsonObject after,
        IReadOnlyDictionary<string, JsonObject> updates
    )
    {
        var groups = after
            .Groups()
            .OrderBy(g => g.Text("Name"), StringComparer.Ordinal)
            .Select(g => GroupDiff(before.Group(g.Text("Name")), g, updates[g.Text("Name")]))
            .ToArray();
        var same = before is not null && SameSpec(before, after);
        var (fields, objects) = before is null ? (null, null) : Members(Spec(before), Spec(after), "TaskGroups");
        return new JsonObject
        {
            ["Fields"] = fields,
            ["ID"] = after["ID"]!.DeepClone(),
            ["Objects"] = objects,
            ["TaskGroups"] = new JsonArray([.. groups]),
            ["Type"] =
                before is null ? "Added"
                : same ? "None"
                : "Edited",
        };
    }

    private static JsonObject GroupDiff(JsonObject? before, JsonObject after, JsonObject updates)
    {
        var tasks = after.Tasks().Select((t, i) => TaskDiff(before?.Tasks().ElementAtOrDefault(i), t)).ToArray();
        var (fields, objects) = Members(before, after, "Tasks", "Name");
        return new JsonObject
        {
            ["Fields"] = fields,
            ["Name"] = after["Name"]!.DeepClone(),
            ["Objects"] = objects,
            ["Tasks"] = new JsonArray([.. tasks]),
            ["Type"] =
                before is null ? "Added"
                : JsonNode.DeepEquals(before, after) ? "None"
                : "Edited",
            ["Updates"] = updates,
        };
    }

    private static JsonObject TaskDiff(JsonObject? before, JsonObject after)
    {
        var same = before is not null && JsonNode.DeepEquals(before, after);
        var (fields, objects) = Members(before, after, "Name");
        return new JsonObject
        {
            ["Annotations"] = same
                ? null
                : new JsonArray(before is null ? "forces create" : "forces create/destroy update"),
            ["Fields"] = fields,
            ["Name"] = after["Name"]!.DeepClone(),
            ["Objects"] = objects,
            ["Type"] =
                before is null ? "Added"
                : same ? "None"
                : "Edited",
        };
    }

    // A scalar becomes a field, a map of scalars becomes fields with an index, and any other value becomes an object
    // with fields.
    private static (JsonArray? Fields, JsonArray? Objects) Members(
        JsonObject? before,
        JsonObject after,
        params string[] left
    )
    {
        var fields = new JsonArray();
        var objects = new JsonArray();
        foreach (var name in ChangedMembers(before ?? [], after).Except(left).Order(StringComparer.Ordinal))
        {
            var differences = Leaves(before?[name], after[name], "").ToList();
            if (name is "Env" or "Meta" or "Count" || differences is [("", _, _)])
            {
                differences.ForEach(d =>
                    fields.Add((JsonNode)Field(d.Path.Length == 0 ? name : $"{name}[{d.Path}]", d.Old, d.New))
                );
            }
            else
            {
                objects.Add(
                    (JsonNode)
                        new JsonObject
                        {
                            ["Fields"] = new JsonArray([.. differences.Select(d => Field(d.Path, d.Old, d.New))]),
                            ["Name"] = name == "Templates" ? "Template" : name,
                            ["Objects"] = null,
                            ["Type"] = "Edited",
                        }
                );
            }
        }

        return (fields.Count == 0 ? null : fields, objects.Count == 0 ? null : objects);
    }

    private static JsonObject Field(string name, string old, string changed) =>
        new()
        {
            ["Annotations"] = null,
            ["Name"] = name,
            ["New"] = changed,
            ["Old"] = old,
            ["Type"] =
                old.Length == 0 ? "Added"
                : changed.Length == 0 ? "Deleted"
                : "Edited",
        };

    private static IEnumerable<(string Path, string Old, string New)> Leaves(
        JsonNode? before,
        JsonNode? after,
        string path
    )
    {
        if (JsonNode.DeepEquals(before, after))
        {
            return [];
        }

        string[] names = [.. Names(before).Union(Names(after))];
        return names.Length == 0
            ? [(path, before?.ToString() ?? "", after?.ToString() ?? "")]
            : names.SelectMany(n => Leaves(Child(before, n), Child(after, n), path.Length == 0 ? n : $"{path}.{n}"));
    }

    private static IEnumerable<string> Names(JsonNode? node) =>
        node switch
        {
            JsonObject o => o.Select(m => m.Key),
            JsonArray a => Enumerable.Range(0, a.Count).Select(i => FormattableString.Invariant($"{i}")),
            _ => [],
        };

    private static JsonNode? Child(JsonNode? node, string name) =>
        node switch
        {
            JsonObject o => o[name],
            JsonArray a => a.ElementAtOrDefault(int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)),
            _ => null,
        };

    private static IEnumerable<string> ChangedMembers(JsonObject before, JsonObject after) =>
        before.Select(m => m.Key).Union(after.Select(m => m.Key)).Where(n => !JsonNode.DeepEquals(before[n], after[n]));

    private static JsonObject Spec(JsonObject job)
    {
        var spec = job.DeepClone().AsObject();
        foreach (var name in Bookkeeping)
        {
            spec.Remove(name);
        }

        return spec;
    }
}
