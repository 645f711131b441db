using System.Net;
using System.Text.Json.Nodes;

namespace ErpInstaller.Rehearsal;

/// <summary>Reads and writes Nomad Variables, with check-and-set.</summary>
internal sealed partial class RehearsedNomad
{
    private HttpResponseMessage PutVariable(string path, Uri uri, JsonObject? body)
    {
        if (body?["Items"] is not JsonObject items)
        {
            return Answer(HttpStatusCode.BadRequest, "variable missing required Items object");
        }

        if (VariableConflict(path, uri) is { } conflict)
        {
            return conflict;
        }

        var current = _servers.Variables[path];
        var index = _servers.Next();
        _servers.Variables[path] = new JsonObject
        {
            ["CreateIndex"] = current?.Long("CreateIndex") ?? index,
            ["CreateTime"] = current?.Long("CreateTime") ?? Nanoseconds,
            ["Items"] = items.DeepClone(),
            ["ModifyIndex"] = index,
            ["ModifyTime"] = Nanoseconds,
            ["Namespace"] = "default",
            ["Path"] = path,
        };
        return Json(_servers.Variables[path]);
    }

    private HttpResponseMessage RemoveVariable(string path, Uri uri)
    {
        if (VariableConflict(path, uri) is { } conflict)
        {
            return conflict;
        }

        _servers.Next();
        _servers.Variables.Remove(path);
        return Answer(HttpStatusCode.NoContent, "");
    }

    private HttpResponseMessage? VariableConflict(string path, Uri uri)
    {
        var current = _servers.Variables[path];
        return long.TryParse(Query(uri, "cas"), out var expected) && expected != (current?.Long("ModifyIndex") ?? 0)
            ? Answer(HttpStatusCode.Conflict, current?.ToJsonString() ?? "{}", "application/json")
            : null;
    }

    private long Nanoseconds => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
}
