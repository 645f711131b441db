using System.Net;
using System.Text.Json.Nodes;

namespace ErpInstaller.Rehearsal;

/// <summary>Validates, registers and lists jobs.</summary>
internal sealed partial class RehearsedNomad
{
    private HttpResponseMessage Validate(JsonObject? body)
    {
        if (body?["Job"] is not JsonObject job)
        {
            return Answer(HttpStatusCode.BadRequest, "Job must be specified");
        }

        var error = Invalid(job);
        return Json(
            new JsonObject
            {
                ["DriverConfigValidated"] = true,
                ["Error"] = error ?? "",
                ["ValidationErrors"] = error is null ? null : new JsonArray(error),
                ["Warnings"] = "",
            }
        );
    }

    // The recordings contain this error only. A real Nomad finds others too.
    private static string? Invalid(JsonObject job) =>
        job.Groups()
            .SelectMany(
                g => g.Tasks(),
                (g, t) => (Group: g["Name"], Task: t["Name"], Memory: t["Resources"]?.Int("MemoryMB", 300) ?? 300)
            )
            .Where(t => t.Memory < 10)
            .Select(t =>
                $"1 error occurred:\n\t* Task group {t.Group} validation failed: 1 error occurred:\n"
                + $"\t* Task {t.Task} validation failed: 1 error occurred:\n\t* 1 error occurred:\n"
                + $"\t* 1 error occurred:\n\t* minimum MemoryMB value is 10; got {t.Memory}\n\n\n\n\n\n\n\n\n\n"
            )
            .FirstOrDefault();

    private HttpResponseMessage Register(JsonObject? body)
    {
        if (body is null)
        {
            return Answer(HttpStatusCode.BadRequest, "unexpected EOF");
        }

        if (body["Job"] is not JsonObject job)
        {
            return Answer(HttpStatusCode.BadRequest, "Job must be specified");
        }

        var id = job.Text("ID");
        var before = _servers.Jobs[id]?.AsObject();
        if ((Invalid(job) ?? ConflictingIndex(body, before)) is { } error)
        {
            return Answer(HttpStatusCode.InternalServerError, error);
        }

        var after = _templates.Canonical(job);
        var changed = before is null || !JobDiff.SameSpec(before, after);
        var index = _servers.Next();
        if (changed)
        {
            Keep(id, after, before, index);
        }

        // A periodic job is not evaluated: its runs are, which have jobs of their own (nomad/job_endpoint.go).
        var evaluation = after["Periodic"] is null ? Evaluate(id, before, changed, index) : "";
        return Json(
            new JsonObject
            {
                ["EvalCreateIndex"] = index,
                ["EvalID"] = evaluation,
                ["Index"] = index,
                ["JobModifyIndex"] = _servers.Jobs[id]!.Long("JobModifyIndex"),
                ["KnownLeader"] = false,
                ["LastContact"] = 0,
                ["NextToken"] = "",
                ["Warnings"] = "",
            }
        );
    }

    // Only jobs without containers are removed: the schedule.
    private HttpResponseMessage Remove(string id)
    {
        _servers.Next();
        _servers.Jobs.Remove(id);
        foreach (var table in (JsonObject[])[_servers.Allocations, _servers.Evaluations, _servers.Deployments])
        {
            foreach (var gone in table.Where(o => o.Value!.Text("JobID") == id).Select(o => o.Key).ToList())
            {
                table.Remove(gone);
            }
        }

        return Json(new JsonObject { ["EvalID"] = "", ["JobModifyIndex"] = _servers.Index });
    }

    private static string? ConflictingIndex(JsonObject body, JsonObject? before)
    {
        if (!body.Flag("EnforceIndex"))
        {
            return null;
        }

        var expected = body.Int("JobModifyIndex", 0);
        var found = before?.Long("JobModifyIndex") ?? 0;
        return expected == found ? null
            : expected == 0 ? "Enforcing job modify index 0: job already exists"
            : found == 0 ? $"Enforcing job modify index {expected}: job does not exist"
            : $"Enforcing job modify index {expected}: job exists with conflicting job modify index: {found}";
    }

    private void Keep(string id, JsonObject job, JsonObject? before, long index)
    {
        job["CreateIndex"] = before?.Long("CreateIndex") ?? index;
        job["JobModifyIndex"] = index;
        job["ModifyIndex"] = index;
        job["Version"] = (before?.Long("Version") ?? -1) + 1;
        job["Status"] = "pending";
        job["Stable"] = false;
        job["SubmitTime"] = Nanoseconds;
        _servers.Jobs[id] = job;
    }

    private JsonArray JobList() => new([.. _servers.Jobs.Select(j => JobRow(j.Value!.AsObject()))]);

    private JsonObject JobRow(JsonObject job)
    {
        var row = _templates.New("jobs-list");
        foreach (
            var name in row.Select(m => m.Key)
                .Where(n => n is not ("JobSummary" or "ParameterizedJob" or "Periodic") && job.ContainsKey(n))
                .ToList()
        )
        {
            row[name] = job[name]?.DeepClone();
        }

        row["JobSummary"]!["JobID"] = job["ID"]!.DeepClone();
        row["JobSummary"]!["Summary"] = new JsonObject(
            job.Groups().Select(g => KeyValuePair.Create(g.Text("Name"), (JsonNode?)Summary(job, g)))
        );
        return row;
    }

    private JsonObject Summary(JsonObject job, JsonObject group)
    {
        var statuses = Current(job.Text("ID"), group.Text("Name")).Select(a => a.Text("ClientStatus")).ToList();
        return new JsonObject
        {
            ["Complete"] = statuses.Count(s => s == "complete"),
            ["Failed"] = statuses.Count(s => s == "failed"),
            ["Lost"] = 0,
            ["Queued"] = 0,
            ["Running"] = statuses.Count(s => s == "running"),
            ["Starting"] = statuses.Count(s => s == "pending"),
            ["Unknown"] = 0,
        };
    }

    private static JsonArray Of(JsonObject table, string job) =>
        new([.. table.Select(e => e.Value!).Where(e => e.Text("JobID") == job).Select(e => e.DeepClone())]);
}
