using System.Net;
using System.Text.Json.Nodes;

namespace ErpInstaller.Rehearsal;

/// <summary>Nomad Variables with check-and-set.</summary>
public sealed partial class SimulatedNomad
{
    private HttpResponseMessage PutVariable(string path, Uri uri, JsonObject? body)
    {
        if (body?["Items"] is not JsonObject items)
        {
            return Answer(HttpStatusCode.BadRequest, "variable missing required Items object");
        }

        var current = _cluster.Variables[path];
        var found = current?["ModifyIndex"]!.Long() ?? 0;
        if (long.TryParse(Query(uri, "cas"), out var expected) && expected != found)
        {
            return Answer(HttpStatusCode.Conflict, current?.ToJsonString() ?? "{}", "application/json");
        }

        var index = _cluster.Next();
        _cluster.Variables[path] = new JsonObject
        {
            ["CreateIndex"] = current?["CreateIndex"]?.Long() ?? index,
            ["CreateTime"] = current?["CreateTime"]?.Long() ?? Nanoseconds,
            ["Items"] = items.DeepClone(),
            ["ModifyIndex"] = index,
            ["ModifyTime"] = Nanoseconds,
            ["Namespace"] = "default",
            ["Path"] = path,
        };
        return Json(_cluster.Variables[path]);
    }

    private long Nanoseconds => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
}
