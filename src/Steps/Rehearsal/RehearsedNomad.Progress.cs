using System.Net;
using System.Text.Json.Nodes;
using ErpInstaller.Answers;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment.ErpNext;

namespace ErpInstaller.Rehearsal;

/// <summary>Advances allocations by one stage, then updates the deployments and jobs that depend on them.</summary>
internal sealed partial class RehearsedNomad
{
    private void Advance()
    {
        var changed = 0;
        foreach (
            var allocation in _servers
                .Allocations.Select(a => a.Value!.AsObject())
                .Where(a => a.Text("DesiredStatus") == "run")
                .OrderBy(a => a.Long("ModifyIndex"))
                .ToList()
        )
        {
            if (changed == AtOnce)
            {
                break;
            }

            var group = _servers.JobOf(allocation).Group(allocation.Text("TaskGroup"));
            if (AtClient(allocation).Advance(restarts: group?["RestartPolicy"]?.Text("Mode") == "delay"))
            {
                CollectLogs(allocation);
                allocation["ModifyIndex"] = _servers.Next();
                changed++;
            }
        }

        if (changed > 0)
        {
            RunningDeployments().ForEach(Settle);
            _servers.Jobs.Select(j => j.Value!.AsObject()).ToList().ForEach(SettleStatus);
        }
    }

    private HttpResponseMessage Restart(string id, JsonObject? body)
    {
        var allocation = _servers.Allocations[id]?.AsObject();
        var task = body?.Text("TaskName") ?? "";
        if (allocation?["TaskStates"]?[task]?.Text("State") is not { } state)
        {
            return Answer(HttpStatusCode.NotFound, $"Unknown allocation \"{id}\"");
        }

        // client/allocrunner/taskrunner, ErrTaskNotRunning
        if (state != "running")
        {
            return Answer(HttpStatusCode.InternalServerError, "Task not running");
        }

        AtClient(allocation).Restart(task);
        _servers.Next();
        return Json(new JsonObject());
    }

    private RehearsedAllocation AtClient(JsonObject allocation) =>
        new(allocation, _templates, Nanoseconds, _logs, task => CourseOf(allocation, task));

    private TaskCourse CourseOf(JsonObject allocation, string task)
    {
        var isMain = allocation["TaskStates"]!.AsObject().Last().Key == task;
        var isBatch = _servers.Jobs[allocation.Text("JobID")]?.Text("Type") == "batch";
        return _client.CourseOf(
            new RehearsedTask(allocation.Text("TaskGroup"), TaskOf(allocation, task)!, LastCompleted(allocation, task))
            {
                IsMain = isMain,
                Serves = isMain && !isBatch,
                MustWait = MustWait(allocation),
            }
        );
    }

    private JsonObject? LastCompleted(JsonObject allocation, string task)
    {
        var before = _servers
            .Allocations.Select(a => a.Value!)
            .Where(a => IsOf(a, allocation.Text("JobID"), allocation.Text("TaskGroup")))
            .Where(a => a.Text("ClientStatus") == "complete" && a.Text("ID") != allocation.Text("ID"))
            .MaxBy(a => a.Long("CreateIndex"));
        return before?["TaskStates"]?[task]?["StartedAt"] is null ? null : TaskOf(before, task);
    }

    private JsonObject? TaskOf(JsonNode allocation, string task) =>
        _servers
            .JobOf(allocation)
            .Group(allocation.Text("TaskGroup"))
            ?.Tasks()
            .FirstOrDefault(t => t.Text("Name") == task);

    // As in configurator.sh: the site does not change while an application with another image serves it.
    private bool MustWait(JsonObject allocation)
    {
        var id = allocation.Text("JobID");
        return _servers.Jobs.FirstOrDefault(j => new JobIds(j.Key).Init == id).Value is JsonObject application
            && _servers.JobOf(allocation).Group(ContainerGroups.Init.Group) is { } site
            && application.Group(ContainerGroups.Backend.Group) is { } backend
            && backend.Int("Count", 0) > 0
            && site["Meta"]?[InitJob.StoppedKey] is null
            && !JsonNode.DeepEquals(ImageOf(site), ImageOf(backend));
    }

    private static JsonNode? ImageOf(JsonObject group) => group.Tasks().First()["Config"]!["image"];

    private List<JsonObject> RunningDeployments() =>
        [.. _servers.Deployments.Select(d => d.Value!.AsObject()).Where(d => d.Text("Status") == "running")];

    private void Settle(JsonObject deployment)
    {
        var all = true;
        foreach (var (name, group) in deployment["TaskGroups"]!.AsObject())
        {
            Promote(deployment, name, group!);
            var healths = OfDeployment(deployment, name).Select(Healthy).ToList();
            group!["HealthyAllocs"] = healths.Count(h => h == true);
            group["UnhealthyAllocs"] = healths.Count(h => h == false);
            all &= group.Int("HealthyAllocs") >= group.Int("DesiredTotal");
        }

        var failed = deployment.Objects("TaskGroups").Any(g => g.Int("UnhealthyAllocs") > 0);
        if (all || failed)
        {
            deployment["Status"] = failed ? "failed" : "successful";
            deployment["StatusDescription"] = failed
                ? "Failed due to unhealthy allocations"
                : "Deployment completed successfully";
        }

        deployment["ModifyIndex"] = _servers.Next();
    }

    // Healthy canaries are promoted at once: the old allocations end, and the other new ones start.
    private void Promote(JsonObject deployment, string name, JsonNode group)
    {
        var canaries = group.Int("DesiredCanaries");
        if (
            canaries == 0
            || group.Flag("Promoted")
            || OfDeployment(deployment, name).Count(a => Healthy(a) == true) < canaries
        )
        {
            return;
        }

        group["Promoted"] = true;
        var job = _servers.Jobs[deployment.Text("JobID")]!.AsObject();
        Current(job.Text("ID"), name).Except(OfDeployment(deployment, name)).ToList().ForEach(Stop);
        for (var i = canaries; i < group.Int("DesiredTotal"); i++)
        {
            NewAllocation(job, job.Group(name)!, i, NewId(), deployment);
        }
    }

    private IEnumerable<JsonObject> OfDeployment(JsonObject deployment, string group) =>
        Current(deployment.Text("JobID"), group).Where(a => JsonNode.DeepEquals(a["DeploymentID"], deployment["ID"]));

    // Null if the deployment has not decided yet.
    private static bool? Healthy(JsonObject allocation) => allocation["DeploymentStatus"]?["Healthy"]?.GetValue<bool>();

    private void SettleStatus(JsonObject job)
    {
        var statuses = _servers
            .Allocations.Select(a => a.Value!)
            .Where(a => a.Text("JobID") == job.Text("ID") && a.Text("DesiredStatus") == "run")
            .Select(a => a.Text("ClientStatus"))
            .ToList();
        job["Status"] =
            statuses.Contains("running") || job["Periodic"] is not null ? "running"
            : statuses.Contains("pending") ? "pending"
            : "dead";
    }
}
