using System.Text.Json.Nodes;

namespace ErpInstaller.Rehearsal;

/// <summary>Evaluates a registered job: places, keeps and stops allocations.</summary>
internal sealed partial class RehearsedNomad
{
    private string Evaluate(string jobId, JsonObject? before, bool changed, long index)
    {
        var id = NewId();
        var job = _servers.Jobs[jobId]!.AsObject();
        var evaluation = _templates.New("evaluation-complete");
        evaluation["ID"] = id;
        evaluation["JobID"] = jobId;
        evaluation["CreateIndex"] = index;
        evaluation["ModifyIndex"] = index;
        evaluation["JobModifyIndex"] = job.Long("JobModifyIndex");
        evaluation["CreateTime"] = Nanoseconds;
        evaluation["ModifyTime"] = Nanoseconds;
        evaluation["Type"] = job.Text("Type");
        evaluation.Remove("DeploymentID");
        _servers.Evaluations[id] = evaluation;
        if (changed)
        {
            Place(job, before, evaluation);
        }

        return id;
    }

    private void Place(JsonObject job, JsonObject? before, JsonObject evaluation)
    {
        var updates = job.Groups().ToDictionary(g => g.Text("Name"), g => DesiredUpdates(before, job, g));
        var failed = FailedGroups(job, updates);
        Cancel(job.Text("ID"));
        var deployment = job.Text("Type") == "service" ? NewDeployment(job) : null;
        if (deployment is not null)
        {
            evaluation["DeploymentID"] = deployment.Text("ID");
        }

        if (failed is not null)
        {
            evaluation["FailedTGAllocs"] = failed;
            evaluation["BlockedEval"] = NewId();
        }

        foreach (var group in job.Groups())
        {
            var name = group.Text("Name");
            var (existing, wanted) = (0, group.Count());
            if (updates[name].Int("Canary") is > 0 and var canaries)
            {
                deployment!["TaskGroups"]![name]!["DesiredCanaries"] = canaries;
                wanted = canaries;
            }
            else
            {
                existing = KeepOrStop(job, before, group, deployment);
            }

            for (var i = existing; i < wanted && failed?[name] is null; i++)
            {
                NewAllocation(job, group, i, evaluation.Text("ID"), deployment);
            }
        }
    }

    // The number of allocations of the group that stay under the new version.
    private int KeepOrStop(JsonObject job, JsonObject? before, JsonObject group, JsonObject? deployment)
    {
        var name = group.Text("Name");
        var keeps = before.Group(name) is not null && !JobDiff.IsDestructive(before!, job, name);
        var current = Current(job.Text("ID"), name).ToList();
        var kept = keeps ? current.Take(group.Count()).ToList() : [];
        current.Except(kept).ToList().ForEach(Stop);
        kept.ForEach(a => Keep(a, job, deployment));
        return kept.Count;
    }

    // A real server lists a stopped allocation until garbage collection. This one lists it until the next replacement
    // of its group.
    private void Stop(JsonObject allocation)
    {
        var collected = _servers
            .Allocations.Select(a => a.Value!)
            .Where(a => IsOf(a, allocation.Text("JobID"), allocation.Text("TaskGroup")))
            .Where(a => a.Text("DesiredStatus") == "stop")
            .Select(a => a.Text("ID"))
            .ToList();
        foreach (var id in collected)
        {
            _servers.Allocations.Remove(id);
            _servers.JobOfAllocation.Remove(id);
        }

        allocation["DesiredStatus"] = "stop";
        if (allocation.Text("ClientStatus") is "pending" or "running")
        {
            allocation["ClientStatus"] = "complete";
        }
    }

    // An allocation that is updated in place belongs to the new version and to its deployment.
    private void Keep(JsonObject allocation, JsonObject job, JsonObject? deployment)
    {
        allocation["DeploymentID"] = deployment?.Text("ID");
        _servers.JobOfAllocation[allocation.Text("ID")] = job.DeepClone();
    }

    // A newer version ends the deployment of the previous one and stops its unpromoted canaries.
    private void Cancel(string job)
    {
        foreach (var deployment in RunningDeployments().Where(d => d.Text("JobID") == job))
        {
            deployment["Status"] = "cancelled";
            deployment["StatusDescription"] = "Cancelled due to newer version of job";
            foreach (
                var (name, group) in deployment["TaskGroups"]!
                    .AsObject()
                    .Where(g => g.Value!.Int("DesiredCanaries") > 0 && !g.Value!.Flag("Promoted"))
            )
            {
                OfDeployment(deployment, name).ToList().ForEach(Stop);
            }
        }
    }

    private JsonObject NewDeployment(JsonObject job)
    {
        var deployment = _templates.New("deployment-running");
        var recorded = deployment["TaskGroups"]!["web"]!;
        deployment["ID"] = NewId();
        deployment["JobID"] = job.Text("ID");
        deployment["JobVersion"] = job.Long("Version");
        deployment["JobModifyIndex"] = job.Long("JobModifyIndex");
        deployment["CreateIndex"] = _servers.Index;
        deployment["ModifyIndex"] = _servers.Index;
        deployment["TaskGroups"] = new JsonObject(
            job.Groups()
                .Select(g =>
                {
                    var state = recorded.DeepClone();
                    state["DesiredTotal"] = g.Count();
                    state["PlacedAllocs"] = 0;
                    state["DesiredCanaries"] = 0;
                    state["Promoted"] = false;
                    return KeyValuePair.Create(g.Text("Name"), (JsonNode?)state);
                })
        );
        _servers.Deployments[deployment.Text("ID")] = deployment;
        return deployment;
    }

    private void NewAllocation(JsonObject job, JsonObject group, int number, string evaluation, JsonObject? deployment)
    {
        var id = NewId();
        var name = group.Text("Name");
        var node = NodeFor(job, group, number);
        var allocation = _templates.New("allocation");
        allocation["ID"] = id;
        allocation["Name"] = $"{job.Text("ID")}.{name}[{number}]";
        allocation["JobID"] = job.Text("ID");
        allocation["TaskGroup"] = name;
        allocation["EvalID"] = evaluation;
        allocation["DeploymentID"] = deployment?.Text("ID") ?? "";
        allocation["DeploymentStatus"] = null;
        allocation["NodeID"] = node.Text("ID");
        allocation["NodeName"] = node.Text("Name");
        allocation["CreateIndex"] = _servers.Index;
        allocation["ModifyIndex"] = _servers.Index;
        allocation["CreateTime"] = Nanoseconds;
        AtClient(allocation).Begin(group);
        _servers.Allocations[id] = allocation;
        _servers.JobOfAllocation[id] = job.DeepClone();
        if (deployment?["TaskGroups"]![name] is { } state)
        {
            state["PlacedAllocs"] = state.Int("PlacedAllocs") + 1;
        }
    }

    private static string NewId() => Guid.NewGuid().ToString();
}
