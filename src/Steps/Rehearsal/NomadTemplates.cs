using System.Text.Json.Nodes;
using ErpInstaller.Assets;

namespace ErpInstaller.Rehearsal;

/// <summary>Recorded answers of a real Nomad 1.10.5: the simulation fills them in, so its answers have the same members.</summary>
internal sealed class NomadTemplates(AssetSource assets)
{
    private readonly Dictionary<string, JsonNode> _read = [];

    /// <summary>A fresh copy of a recorded answer.</summary>
    public JsonObject New(string name)
    {
        if (!_read.TryGetValue(name, out var template))
        {
            template = JsonNode.Parse(assets.Read($"rehearsal/nomad/{name}.json"))!;
            _read[name] = template;
        }

        return template.DeepClone().AsObject();
    }

    /// <summary>
    /// The job as Nomad keeps it: what was submitted, and every member that was not with the value it has in a recorded
    /// job. Members whose default would invent something (checks, templates) stay absent.
    /// </summary>
    public JsonObject Canonical(JsonObject submitted)
    {
        var recorded = New("job");
        var group = recorded["TaskGroups"]![0]!.AsObject();
        var task = group["Tasks"]![0]!.AsObject();
        var job = Filled(submitted, recorded, "TaskGroups");
        foreach (var name in job["TaskGroups"]!.AsArray().Select((g, i) => (Group: Filled(g!.AsObject(), group, "Tasks"), Index: i)).ToList())
        {
            var tasks = name.Group["Tasks"]!.AsArray();
            for (var i = 0; i < tasks.Count; i++)
            {
                tasks[i] = Filled(tasks[i]!.AsObject(), task, "Config", "Env");
            }

            job["TaskGroups"]!.AsArray()[name.Index] = name.Group;
        }

        return job;
    }

    private static JsonObject Filled(JsonObject given, JsonObject recorded, params string[] own)
    {
        var result = given.DeepClone().AsObject();
        foreach (var (name, value) in recorded)
        {
            if (!result.ContainsKey(name))
            {
                result[name] = own.Contains(name) ? null : value?.DeepClone();
            }
        }

        return result;
    }
}
