using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Rehearsal;

/// <summary>Lists allocations and serves their logs.</summary>
internal sealed partial class RehearsedNomad
{
    private IEnumerable<JsonObject> Current(string job, string group) =>
        _servers
            .Allocations.Select(a => a.Value!.AsObject())
            .Where(a => IsOf(a, job, group) && a.Text("DesiredStatus") == "run");

    private static bool IsOf(JsonNode allocation, string job, string group) =>
        allocation.Text("JobID") == job && allocation.Text("TaskGroup") == group;

    private JsonArray JobAllocations(string job) =>
        new([
            .. _servers
                .Allocations.Select(a => a.Value!.AsObject())
                .Where(a => a.Text("JobID") == job)
                .Select(a => AllocationRow(a, _servers.JobOf(a))),
        ]);

    // With resources, of the jobs that the filter names.
    private JsonArray Allocations(string filter) =>
        new([
            .. _servers
                .Allocations.Select(a => a.Value!.AsObject())
                .Where(a => filter.Contains($"JobID == \"{a.Text("JobID")}\"", StringComparison.Ordinal))
                .Select(a =>
                {
                    var row = AllocationRow(a, _servers.JobOf(a));
                    row["AllocatedResources"] = Held(a);
                    return row;
                }),
        ]);

    // What its job asks for: the recorded allocation holds what its own job asked for.
    private JsonObject Held(JsonObject allocation) =>
        new()
        {
            ["Tasks"] = new JsonObject(
                TasksOf(allocation)
                    .Select(t =>
                        KeyValuePair.Create(
                            t.Text("Name"),
                            (JsonNode?)
                                new JsonObject
                                {
                                    ["Cpu"] = new JsonObject { ["CpuShares"] = t["Resources"]!.Long("CPU") },
                                    ["Memory"] = new JsonObject
                                    {
                                        ["MemoryMB"] = t["Resources"]!.Long("MemoryMB"),
                                        ["MemoryMaxMB"] = t["Resources"]!.Int("MemoryMaxMB", 0),
                                    },
                                }
                        )
                    )
            ),
        };

    private IEnumerable<JsonObject> TasksOf(JsonObject allocation) =>
        _servers.JobOf(allocation).Group(allocation.Text("TaskGroup"))?.Tasks() ?? [];

    // A little CPU and half of its memory. The same at each look, so that a picture of it stays.
    private JsonObject? Usage(string id) =>
        _servers.Allocations[id] is not JsonObject allocation
            ? null
            : new JsonObject
            {
                ["Tasks"] = new JsonObject(
                    TasksOf(allocation)
                        .Select(t =>
                            KeyValuePair.Create(
                                t.Text("Name"),
                                (JsonNode?)UsageOf(t["Resources"]!.Long("CPU"), t["Resources"]!.Long("MemoryMB"))
                            )
                        )
                ),
            };

    private JsonObject UsageOf(long megahertz, long mebibytes) =>
        new()
        {
            ["Timestamp"] = _time.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000,
            ["ResourceUsage"] = new JsonObject
            {
                ["CpuStats"] = new JsonObject { ["Percent"] = megahertz / 100.0 },
                ["MemoryStats"] = new JsonObject { ["RSS"] = mebibytes * 1024 * 1024 / 2 },
            },
        };

    private JsonObject AllocationRow(JsonObject allocation, JsonObject job)
    {
        var row = _templates.New("job-allocations");
        foreach (var name in row.Select(m => m.Key).Where(allocation.ContainsKey).ToList())
        {
            row[name] = allocation[name]?.DeepClone();
        }

        row["JobType"] = job.Text("Type");
        row["JobVersion"] = job.Long("Version");
        return row;
    }

    private JsonObject? Allocation(string id)
    {
        if (_servers.Allocations[id]?.DeepClone() is not JsonObject allocation)
        {
            return null;
        }

        allocation["Job"] = _servers.JobOf(allocation).DeepClone();
        return allocation;
    }

    private HttpResponseMessage Exec(string id, HttpRequestMessage request)
    {
        var uri = request.RequestUri!;
        var task = Query(uri, "task") ?? "";
        var states = _servers.Allocations[id]?["TaskStates"]?.AsObject();
        var words = JsonNode.Parse(Query(uri, "command") ?? "[]")!.AsArray().Select(w => w!.GetValue<string>());
        var refusal =
            _servers.Allocations[id] is null ? $"Unknown allocation \"{id}\""
            : states?[task] is not { } state ? "task not found"
            : state.Text("State") != "running" ? "task not running"
            : null;
        return RehearsedExec.Open(
            request,
            new RehearsedCommand(task, [.. words], Query(uri, "tty") == "true")
            {
                Input = System.IO.Pipelines.PipeReader.Create(Stream.Null),
                WriteAsync = (_, _) => Task.CompletedTask,
            },
            refusal,
            Program
        );
    }

    private bool IsCollected(JsonNode? allocation) =>
        !_client.KeepsEnded && allocation?.Text("ClientStatus") is "complete" or "failed";

    private void CollectLogs(JsonObject allocation)
    {
        if (IsCollected(allocation))
        {
            _logs.Remove(allocation.Text("ID"));
        }
    }

    private HttpResponseMessage Logs(string id, Uri uri)
    {
        var (task, type) = (Query(uri, "task") ?? "", Query(uri, "type"));
        var allocation = _servers.Allocations[id];
        return allocation is null || IsCollected(allocation)
                ? Answer(HttpStatusCode.NotFound, $"Unknown allocation \"{id}\"")
            : type is not ("stdout" or "stderr")
                ? Answer(HttpStatusCode.BadRequest, "must provide log type (stdout/stderr)")
            : allocation["TaskStates"]?[task] is not JsonObject state
                ? Answer(HttpStatusCode.BadRequest, $"unknown task name \"{task}\"")
            : state["StartedAt"] is null
                ? Answer(HttpStatusCode.NotFound, $"task \"{task}\" not started yet. No logs available")
            : Log(WrittenBy(id, task, type, state), uri);
    }

    private RehearsedLog WrittenBy(string id, string task, string type, JsonObject state)
    {
        var log = _logs.Of(id, task, type);
        if (log.Length == 0 && state.Text("State") == "running")
        {
            foreach (var line in RehearsedServiceLog.LinesOf(task, type, _time.GetUtcNow()))
            {
                log.Write(line);
            }
        }

        return log;
    }

    private HttpResponseMessage Log(RehearsedLog log, Uri uri)
    {
        if (Query(uri, "plain") == "true")
        {
            return Answer(HttpStatusCode.OK, log.Text);
        }

        var answer = Answer(HttpStatusCode.OK, "");
        var offset = int.Parse(Query(uri, "offset") ?? "0", CultureInfo.InvariantCulture);
        offset = Query(uri, "origin") == "end" ? Math.Max(0, log.Length - offset) : offset;
        answer.Content = new StreamContent(new RehearsedLogStream(log, offset, Query(uri, "follow") == "true"));
        return answer;
    }
}
