using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace ErpInstaller.Rehearsal;

/// <summary>Evaluations, deployments and allocations, and how they go on.</summary>
public sealed partial class SimulatedNomad
{
    private string Evaluate(string job, JsonObject? before, bool changed, long index)
    {
        var id = NewId();
        var evaluation = _templates.New("evaluation-complete");
        var type = _cluster.Jobs[job]!["Type"]!.GetValue<string>();
        evaluation["ID"] = id;
        evaluation["JobID"] = job;
        evaluation["CreateIndex"] = index;
        evaluation["ModifyIndex"] = index;
        evaluation["JobModifyIndex"] = _cluster.Jobs[job]!["JobModifyIndex"]!.DeepClone();
        evaluation["CreateTime"] = Nanoseconds;
        evaluation["ModifyTime"] = Nanoseconds;
        evaluation["Type"] = type;
        evaluation.Remove("DeploymentID");
        _cluster.Evaluations[id] = evaluation;
        if (changed)
        {
            Place(job, before, evaluation);
        }

        return id;
    }

    private void Place(string jobId, JsonObject? before, JsonObject evaluation)
    {
        var job = _cluster.Jobs[jobId]!.AsObject();
        var updates = job["TaskGroups"]!
            .AsArray()
            .Select(g => g!.AsObject())
            .ToDictionary(g => g["Name"]!.GetValue<string>(), g => DesiredUpdates(before, job, g));
        var failed = FailedGroups(job, updates);
        Cancel(jobId);
        var deployment = job["Type"]!.GetValue<string>() == "service" ? NewDeployment(job) : null;
        if (deployment is not null)
        {
            evaluation["DeploymentID"] = deployment["ID"]!.DeepClone();
        }

        if (failed is not null)
        {
            evaluation["FailedTGAllocs"] = failed;
            evaluation["BlockedEval"] = NewId();
        }

        foreach (var group in job["TaskGroups"]!.AsArray().Select(g => g!.AsObject()))
        {
            var name = group["Name"]!.GetValue<string>();
            var count = group["Count"]?.Int() ?? 1;
            if (updates[name]["Canary"]!.Int() is > 0 and var canaries)
            {
                deployment!["TaskGroups"]![name]!["DesiredCanaries"] = canaries;
                for (var i = 0; i < canaries && failed?[name] is null; i++)
                {
                    NewAllocation(job, group, i, evaluation, deployment);
                }

                continue;
            }

            var keep =
                before is not null
                && JobDiff.Group(before, name) is not null
                && !JobDiff.IsDestructive(before, job, name);
            var kept = keep ? Current(jobId, name).Take(count).ToList() : [];
            foreach (var gone in Current(jobId, name).Except(kept).ToList())
            {
                Stop(gone);
            }

            kept.ForEach(a => Keep(a, job, deployment));
            for (var i = kept.Count; i < count && failed?[name] is null; i++)
            {
                NewAllocation(job, group, i, evaluation, deployment);
            }
        }
    }

    // A stopped allocation is listed until it is collected; here, until its group is replaced the next time.
    private void Stop(JsonObject allocation)
    {
        foreach (
            var old in _cluster
                .Allocations.Select(a => a.Value!)
                .Where(a =>
                    IsOf(a, allocation["JobID"]!, allocation["TaskGroup"]!)
                    && a["DesiredStatus"]!.GetValue<string>() == "stop"
                )
                .ToList()
        )
        {
            _cluster.Allocations.Remove(old["ID"]!.GetValue<string>());
            _cluster.JobOfAllocation.Remove(old["ID"]!.GetValue<string>());
        }

        allocation["DesiredStatus"] = "stop";
        if (allocation["ClientStatus"]!.GetValue<string>() is "pending" or "running")
        {
            allocation["ClientStatus"] = "complete";
        }
    }

    // Updated in place: of the new version and judged by its deployment, which takes it as it is.
    private void Keep(JsonObject allocation, JsonObject job, JsonObject? deployment)
    {
        allocation["DeploymentID"] = deployment?["ID"]!.DeepClone();
        _cluster.JobOfAllocation[allocation["ID"]!.GetValue<string>()] = job.DeepClone();
    }

    // A newer version ends the deployment of the one before, and those of its canaries that were not promoted.
    private void Cancel(string job)
    {
        foreach (
            var deployment in _cluster
                .Deployments.Select(d => d.Value!.AsObject())
                .Where(d => d["JobID"]!.GetValue<string>() == job && d["Status"]!.GetValue<string>() == "running")
        )
        {
            deployment["Status"] = "cancelled";
            deployment["StatusDescription"] = "Cancelled due to newer version of job";
            foreach (
                var (name, group) in deployment["TaskGroups"]!
                    .AsObject()
                    .Where(g => g.Value!["DesiredCanaries"]!.Int() > 0 && !g.Value["Promoted"]!.GetValue<bool>())
            )
            {
                OfDeployment(deployment, name).ToList().ForEach(Stop);
            }
        }
    }

    private JsonObject NewDeployment(JsonObject job)
    {
        var deployment = _templates.New("deployment-running");
        var group = deployment["TaskGroups"]!["web"]!;
        deployment["ID"] = NewId();
        deployment["JobID"] = job["ID"]!.DeepClone();
        deployment["JobVersion"] = job["Version"]!.DeepClone();
        deployment["JobModifyIndex"] = job["JobModifyIndex"]!.DeepClone();
        deployment["CreateIndex"] = _cluster.Index;
        deployment["ModifyIndex"] = _cluster.Index;
        deployment["TaskGroups"] = new JsonObject(
            job["TaskGroups"]!
                .AsArray()
                .Select(g =>
                {
                    var state = group.DeepClone();
                    state["DesiredTotal"] = g!["Count"]?.Int() ?? 1;
                    state["PlacedAllocs"] = 0;
                    state["DesiredCanaries"] = 0;
                    state["Promoted"] = false;
                    return KeyValuePair.Create(g["Name"]!.GetValue<string>(), (JsonNode?)state);
                })
        );
        _cluster.Deployments[deployment["ID"]!.GetValue<string>()] = deployment;
        return deployment;
    }

    private void NewAllocation(
        JsonObject job,
        JsonObject group,
        int number,
        JsonObject evaluation,
        JsonObject? deployment
    )
    {
        var id = NewId();
        var name = group["Name"]!.GetValue<string>();
        var allocation = _templates.New("allocation");
        allocation["ID"] = id;
        allocation["Name"] = $"{job["ID"]}.{name}[{number}]";
        allocation["JobID"] = job["ID"]!.DeepClone();
        allocation["TaskGroup"] = name;
        allocation["EvalID"] = evaluation["ID"]!.DeepClone();
        allocation["DeploymentID"] = deployment?["ID"]!.DeepClone() ?? "";
        allocation["DeploymentStatus"] = null;
        var node = NodeFor(job, group, number);
        allocation["NodeID"] = node["ID"]!.DeepClone();
        allocation["NodeName"] = node["Name"]!.DeepClone();
        allocation["CreateIndex"] = _cluster.Index;
        allocation["ModifyIndex"] = _cluster.Index;
        allocation["CreateTime"] = Nanoseconds;
        Simulated(allocation).Begin(group);
        _cluster.Allocations[id] = allocation;
        _cluster.JobOfAllocation[id] = job.DeepClone();
        if (deployment is not null)
        {
            deployment["TaskGroups"]![name]!["PlacedAllocs"] =
                deployment["TaskGroups"]![name]!["PlacedAllocs"]!.Int() + 1;
        }
    }

    // One stage on for the allocations at work; then the deployments and jobs that depend on them.
    private void Advance()
    {
        var changed = 0;
        foreach (
            var allocation in _cluster
                .Allocations.Select(a => a.Value!.AsObject())
                .Where(a => a["DesiredStatus"]!.GetValue<string>() == "run")
                .OrderBy(a => a["ModifyIndex"]!.Long())
                .ToList()
        )
        {
            if (changed == AtOnce)
            {
                break;
            }

            var group = allocation["TaskGroup"]!.GetValue<string>();
            var batch = _cluster.Jobs[allocation["JobID"]!.GetValue<string>()]?["Type"]?.GetValue<string>() == "batch";
            SimulatedFailure? failure =
                Failures.TryGetValue(group, out var f) ? f
                : MustStop(allocation) ? SimulatedFailure.MustStop
                : null;
            var policy = JobDiff
                .Group(_cluster.JobOfAllocation[allocation["ID"]!.GetValue<string>()]!.AsObject(), group)
                ?["RestartPolicy"]?["Mode"]?.GetValue<string>();
            if (Simulated(allocation).Advance(batch, policy == "delay", failure))
            {
                Collect(allocation);
                allocation["ModifyIndex"] = _cluster.Next();
                changed++;
            }
        }

        if (changed > 0)
        {
            _cluster
                .Deployments.Select(d => d.Value!.AsObject())
                .Where(d => d["Status"]!.GetValue<string>() == "running")
                .ToList()
                .ForEach(Settle);
            _cluster.Jobs.Select(j => j.Value!.AsObject()).ToList().ForEach(SettleStatus);
        }
    }

    // As configurator.sh: a site that an application of another image serves is not changed before that is stopped.
    private bool MustStop(JsonObject allocation)
    {
        var id = allocation["JobID"]!.GetValue<string>();
        var job = _cluster.JobOfAllocation[allocation["ID"]!.GetValue<string>()]!.AsObject();
        return id.EndsWith("-init", StringComparison.Ordinal)
            && JobDiff.Group(job, "site") is { } site
            && JobDiff.Group(_cluster.Jobs[id[..^"-init".Length]]?.AsObject(), "backend") is { } backend
            && backend["Count"]?.Int() > 0
            && site["Meta"]?["application_stopped"] is null
            && !JsonNode.DeepEquals(site["Tasks"]![0]!["Config"]!["image"], backend["Tasks"]![0]!["Config"]!["image"]);
    }

    private void Settle(JsonObject deployment)
    {
        var all = true;
        foreach (var (name, group) in deployment["TaskGroups"]!.AsObject())
        {
            Promote(deployment, name, group!);
            var healths = OfDeployment(deployment, name).Select(Healthy).ToList();
            group!["HealthyAllocs"] = healths.Count(h => h == true);
            group["UnhealthyAllocs"] = healths.Count(h => h == false);
            all &= group["HealthyAllocs"]!.Int() >= group["DesiredTotal"]!.Int();
        }

        var failed = deployment["TaskGroups"]!.AsObject().Any(g => g.Value!["UnhealthyAllocs"]!.Int() > 0);
        if (all || failed)
        {
            deployment["Status"] = failed ? "failed" : "successful";
            deployment["StatusDescription"] = failed
                ? "Failed due to unhealthy allocations"
                : "Deployment completed successfully";
        }

        deployment["ModifyIndex"] = _cluster.Next();
    }

    // When the canaries are healthy they are promoted by themselves: the old ones end, the rest of the new ones start.
    private void Promote(JsonObject deployment, string name, JsonNode group)
    {
        var canaries = group["DesiredCanaries"]!.Int();
        if (
            canaries == 0
            || group["Promoted"]!.GetValue<bool>()
            || OfDeployment(deployment, name).Count(a => Healthy(a) == true) < canaries
        )
        {
            return;
        }

        group["Promoted"] = true;
        var job = _cluster.Jobs[deployment["JobID"]!.GetValue<string>()]!.AsObject();
        Current(job["ID"]!.GetValue<string>(), name).Except(OfDeployment(deployment, name)).ToList().ForEach(Stop);
        for (var i = canaries; i < group["DesiredTotal"]!.Int(); i++)
        {
            NewAllocation(job, JobDiff.Group(job, name)!, i, new JsonObject { ["ID"] = NewId() }, deployment);
        }
    }

    private IEnumerable<JsonObject> OfDeployment(JsonObject deployment, string group) =>
        Current(deployment["JobID"]!.GetValue<string>(), group)
            .Where(a => JsonNode.DeepEquals(a["DeploymentID"], deployment["ID"]));

    // Null: not decided yet.
    private static bool? Healthy(JsonObject allocation) => allocation["DeploymentStatus"]?["Healthy"]?.GetValue<bool>();

    private void SettleStatus(JsonObject job)
    {
        var statuses = _cluster
            .Allocations.Select(a => a.Value!)
            .Where(a =>
                a["JobID"]!.GetValue<string>() == job["ID"]!.GetValue<string>()
                && a["DesiredStatus"]!.GetValue<string>() == "run"
            )
            .Select(a => a["ClientStatus"]!.GetValue<string>())
            .ToList();
        job["Status"] =
            statuses.Contains("running") ? "running"
            : statuses.Contains("pending") ? "pending"
            : "dead";
    }

    private IEnumerable<JsonObject> Current(string job, string group) =>
        _cluster
            .Allocations.Select(a => a.Value!.AsObject())
            .Where(a => IsOf(a, job, group) && a["DesiredStatus"]!.GetValue<string>() == "run");

    private static bool IsOf(JsonNode allocation, JsonNode job, JsonNode group) =>
        JsonNode.DeepEquals(allocation["JobID"], job) && JsonNode.DeepEquals(allocation["TaskGroup"], group);

    private JsonArray JobAllocations(string job) =>
        new([
            .. _cluster
                .Allocations.Select(a => a.Value!.AsObject())
                .Where(a => a["JobID"]!.GetValue<string>() == job)
                .Select(a => AllocationRow(a, _cluster.JobOfAllocation[a["ID"]!.GetValue<string>()]!)),
        ]);

    private JsonObject AllocationRow(JsonObject allocation, JsonNode job)
    {
        var row = _templates.New("job-allocations");
        foreach (var name in row.Select(m => m.Key).Where(allocation.ContainsKey).ToList())
        {
            row[name] = allocation[name]?.DeepClone();
        }

        row["JobType"] = job["Type"]!.DeepClone();
        row["JobVersion"] = job["Version"]!.DeepClone();
        return row;
    }

    private JsonObject? Allocation(string id)
    {
        if (_cluster.Allocations[id]?.DeepClone() is not JsonObject allocation)
        {
            return null;
        }

        allocation["Job"] = _cluster.JobOfAllocation[id]!.DeepClone();
        return allocation;
    }

    private SimulatedAllocation Simulated(JsonObject allocation) =>
        new(allocation, _templates, Nanoseconds, _logs, t => ScriptOf(allocation, t));

    private IReadOnlyList<string> ScriptOf(JsonObject allocation, string task)
    {
        if (Output.TryGetValue(task, out var written))
        {
            return written.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }

        var (id, job) = (allocation["ID"]!.GetValue<string>(), allocation["JobID"]!);
        var before = _cluster
            .Allocations.Select(a => a.Value!)
            .Where(a =>
                IsOf(a, job, allocation["TaskGroup"]!)
                && a["ClientStatus"]!.GetValue<string>() == "complete"
                && a["ID"]!.GetValue<string>() != id
            )
            .MaxBy(a => a["CreateIndex"]!.Long());
        return SimulatedScript.LinesOf(
            TaskOf(allocation, task)!,
            before?["TaskStates"]?[task]?["StartedAt"] is null ? null : TaskOf(before, task)
        );
    }

    private JsonNode? TaskOf(JsonNode allocation, string task) =>
        JobDiff
            .Group(
                _cluster.JobOfAllocation[allocation["ID"]!.GetValue<string>()]?.AsObject(),
                allocation["TaskGroup"]!.GetValue<string>()
            )
            ?["Tasks"]!.AsArray()
            .FirstOrDefault(t => t!["Name"]!.GetValue<string>() == task);

    private void Collect(JsonObject allocation)
    {
        if (CollectsAtOnce && allocation["ClientStatus"]!.GetValue<string>() is "complete" or "failed")
        {
            _logs.Remove(allocation["ID"]!.GetValue<string>());
        }
    }

    private HttpResponseMessage Logs(string id, Uri uri)
    {
        var task = Query(uri, "task") ?? "";
        var type = Query(uri, "type");
        var states = _cluster.Allocations[id]?["TaskStates"];
        var removed =
            CollectsAtOnce && _cluster.Allocations[id]?["ClientStatus"]!.GetValue<string>() is "complete" or "failed";
        return states is null || removed ? Answer(HttpStatusCode.NotFound, $"Unknown allocation \"{id}\"")
            : type is not ("stdout" or "stderr")
                ? Answer(HttpStatusCode.BadRequest, "must provide log type (stdout/stderr)")
            : states[task] is not JsonObject state ? Answer(HttpStatusCode.BadRequest, $"unknown task name \"{task}\"")
            : state["StartedAt"] is null
                ? Answer(HttpStatusCode.NotFound, $"task \"{task}\" not started yet. No logs available")
            : !KeepsLogs
                ? Answer(HttpStatusCode.NotFound, $"log entry for task \"{task}\" and log type \"{type}\" not found")
            : Log(_logs.Of(id, task, type), uri);
    }

    private HttpResponseMessage Log(SimulatedLog log, Uri uri)
    {
        if (Query(uri, "plain") == "true")
        {
            return Answer(HttpStatusCode.OK, log.Text);
        }

        var answer = Answer(HttpStatusCode.OK, "");
        var offset = int.Parse(Query(uri, "offset") ?? "0", CultureInfo.InvariantCulture);
        answer.Content = new StreamContent(new SimulatedLogStream(log, offset, Query(uri, "follow") == "true"));
        return answer;
    }

    private static string NewId() => Guid.NewGuid().ToString();
}
