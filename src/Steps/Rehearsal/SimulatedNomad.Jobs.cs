using System.Net;
using System.Text.Json.Nodes;

namespace ErpInstaller.Rehearsal;

/// <summary>Jobs: validate, register, list.</summary>
public sealed partial class SimulatedNomad
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

    // The one rule that the recordings show; the others are the real Nomad's to find.
    private static string? Invalid(JsonObject job) =>
        job["TaskGroups"]!
            .AsArray()
            .SelectMany(
                g => g!["Tasks"]!.AsArray(),
                (g, t) => (Group: g!["Name"], Task: t!["Name"], Memory: t["Resources"]?["MemoryMB"]?.Long() ?? 300)
            )
            .Where(t => t.Memory < 10)
            .Select(t =>
                $"1 error occurred:\n\t* Task group {t.Group} validation failed: 1 error occurred:\n\t* Task {t.Task} validation failed: 1 error occurred:\n\t* 1 error occurred:\n\t* 1 error occurred:\n\t* minimum MemoryMB value is 10; got {t.Memory}\n\n\n\n\n\n\n\n\n\n"
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

        var id = job["ID"]!.GetValue<string>();
        if (BeforeRegister?.Invoke(id) is { } strangers)
        {
            Keep(id, _templates.Canonical(strangers), _cluster.Jobs[id]?.AsObject(), _cluster.Next());
        }

        var before = _cluster.Jobs[id]?.AsObject();
        if ((Invalid(job) ?? ConflictingIndex(body, before)) is { } error)
        {
            return Answer(HttpStatusCode.InternalServerError, error);
        }

        var after = _templates.Canonical(job);
        var changed = before is null || !JobDiff.SameSpec(before, after);
        var index = _cluster.Next();
        if (changed)
        {
            Keep(id, after, before, index);
        }

        var evaluation = Evaluate(id, before, changed, index);
        return Json(
            new JsonObject
            {
                ["EvalCreateIndex"] = index,
                ["EvalID"] = evaluation,
                ["Index"] = index,
                ["JobModifyIndex"] = _cluster.Jobs[id]!["JobModifyIndex"]!.Long(),
                ["KnownLeader"] = false,
                ["LastContact"] = 0,
                ["NextToken"] = "",
                ["Warnings"] = "",
            }
        );
    }

    private static string? ConflictingIndex(JsonObject body, JsonObject? before)
    {
        if (body["EnforceIndex"]?.GetValue<bool>() != true)
        {
            return null;
        }

        var expected = body["JobModifyIndex"]?.Long() ?? 0;
        var found = before?["JobModifyIndex"]!.Long() ?? 0;
        return expected == found ? null
            : expected == 0 ? "Enforcing job modify index 0: job already exists"
            : found == 0 ? $"Enforcing job modify index {expected}: job does not exist"
            : $"Enforcing job modify index {expected}: job exists with conflicting job modify index: {found}";
    }

    private void Keep(string id, JsonObject job, JsonObject? before, long index)
    {
        job["CreateIndex"] = before?["CreateIndex"]!.Long() ?? index;
        job["JobModifyIndex"] = index;
        job["ModifyIndex"] = index;
        job["Version"] = (before?["Version"]!.Long() ?? -1) + 1;
        job["Status"] = "pending";
        job["Stable"] = false;
        job["SubmitTime"] = Nanoseconds;
        _cluster.Jobs[id] = job;
    }

    private JsonArray JobList() => new([.. _cluster.Jobs.Select(j => JobRow(j.Value!.AsObject()))]);

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
            job["TaskGroups"]!
                .AsArray()
                .Select(g => KeyValuePair.Create(g!["Name"]!.GetValue<string>(), (JsonNode?)Summary(job, g!)))
        );
        return row;
    }

    private JsonObject Summary(JsonObject job, JsonNode group)
    {
        var statuses = Current(job["ID"]!.GetValue<string>(), group["Name"]!.GetValue<string>())
            .Select(a => a["ClientStatus"]!.GetValue<string>())
            .ToList();
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
        new([
            .. table.Select(e => e.Value!).Where(e => e["JobID"]!.GetValue<string>() == job).Select(e => e.DeepClone()),
        ]);
}
