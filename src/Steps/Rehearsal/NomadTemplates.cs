using System.Text.Json.Nodes;
using ErpInstaller.Core.Assets;

namespace ErpInstaller.Rehearsal;

/// <summary>
/// Recorded answers of a real Nomad 1.10.5. The rehearsal fills them in, so its answers have the same members.
/// </summary>
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
    /// The job as Nomad keeps it: the submitted job, completed with the values of a recorded job. Members whose
    /// recorded value would be wrong for this job (its tasks, environment, metadata) are not completed.
    /// </summary>
    public JsonObject Canonical(JsonObject submitted)
    {
        var recorded = New("job");
        var group = recorded["TaskGroups"]![0]!.AsObject();
        var task = group["Tasks"]![0]!.AsObject();
        var job = Filled(submitted, recorded, "TaskGroups", "Meta");
        FillAll(job["TaskGroups"]!.AsArray(), group, "Tasks", "Meta");
        foreach (var filled in job["TaskGroups"]!.AsArray())
        {
            FillAll(filled!["Tasks"]!.AsArray(), task, "Config", "Env");
        }

        return job;
    }

    private static void FillAll(JsonArray given, JsonObject recorded, params string[] own)
    {
        for (var i = 0; i < given.Count; i++)
        {
            given[i] = Filled(given[i]!.AsObject(), recorded, own);
        }
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
            else if (!own.Contains(name) && result[name] is JsonObject part && value is JsonObject recordedPart)
            {
                result[name] = Filled(part, recordedPart);
            }
        }

        return result;
    }
}
