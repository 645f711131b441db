using System.Net;
using System.Text.Json.Nodes;

namespace ErpInstaller.Outside.Nomad;

/// <summary>
/// Jobs: find, validate, plan, register. A job is the JSON object below <c>Job</c>.
/// </summary>
public sealed partial class NomadClient
{
    private const string ReadJob = "namespace read-job";
    private const string SubmitJob = "namespace submit-job";
    private const string AllocLifecycle = "namespace alloc-lifecycle";

    /// <summary>A job; null when there is none. Needs <c>read-job</c>.</summary>
    public Task<NomadJobSummary?> FindJobAsync(string id, CancellationToken cancellation) =>
        FindAsync($"/v1/job/{Uri.EscapeDataString(id)}", NomadJson.Default.NomadJobSummary, ReadJob, cancellation);

    /// <summary>Every job of the namespace, stopped ones too. Needs <c>list-jobs</c>.</summary>
    public async Task<IReadOnlyList<NomadJobRow>> ListJobsAsync(CancellationToken cancellation) =>
        (await GetAsync("/v1/jobs", NomadJson.Default.ListNomadJobRow, "namespace list-jobs", cancellation)).Value
        ?? [];

    /// <summary>The runs of a periodic job that Nomad still has, oldest first. Needs <c>list-jobs</c>.</summary>
    public async Task<IReadOnlyList<NomadPeriodicRun>> ListRunsAsync(string id, CancellationToken cancellation)
    {
        var prefix = $"{id}/periodic-";
        var (found, _) = await GetAsync(
            "/v1/jobs",
            NomadJson.Default.ListNomadPeriodicRun,
            "namespace list-jobs",
            cancellation,
            query: $"prefix={Uri.EscapeDataString(prefix)}"
        );
        return [.. (found ?? []).Where(r => r.ID.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(r => r.Time)];
    }

    /// <summary>
    /// The registered specification of a job, or null. Needs <c>read-job</c>.
    /// </summary>
    public Task<JsonObject?> FindSpecificationAsync(string id, CancellationToken cancellation) =>
        FindAsync($"/v1/job/{Uri.EscapeDataString(id)}", NomadJson.Default.JsonObject, ReadJob, cancellation);

    /// <summary>Asks Nomad whether a job is valid. Needs <c>read-job</c>.</summary>
    /// <exception cref="NomadRefused">It is not.</exception>
    public async Task ValidateAsync(JsonObject job, CancellationToken cancellation)
    {
        var what = $"the job {job["ID"]}";
        var answer = await PutAsync(
            "/v1/validate/job",
            "",
            new JsonObject { ["Job"] = job.DeepClone() },
            NomadJson.Default.NomadValidation,
            what,
            ReadJob,
            cancellation
        );
        if (!string.IsNullOrEmpty(answer.Error))
        {
            throw new NomadRefused(what, NomadRefused.Condense(answer.Error));
        }
    }

    /// <summary>What registering would do. Needs <c>submit-job</c>.</summary>
    public Task<NomadPlan> PlanAsync(JsonObject job, CancellationToken cancellation) =>
        PutAsync(
            $"/v1/job/{Uri.EscapeDataString(job["ID"]!.GetValue<string>())}/plan",
            "",
            new JsonObject { ["Job"] = job.DeepClone(), ["Diff"] = true },
            NomadJson.Default.NomadPlan,
            $"to plan the job {job["ID"]}",
            SubmitJob,
            cancellation
        );

    /// <summary>Registers a job, if it is still at the index that was planned with. Needs <c>submit-job</c>.</summary>
    /// <param name="source">The same job as HCL, which Nomad's web interface shows; or null.</param>
    /// <exception cref="NomadConflict">The job changed in the meantime.</exception>
    public Task<NomadRegistered> RegisterAsync(
        JsonObject job,
        long plannedIndex,
        string? source,
        CancellationToken cancellation
    ) =>
        PutAsync(
            "/v1/jobs",
            "",
            new JsonObject
            {
                ["Job"] = job.DeepClone(),
                ["EnforceIndex"] = true,
                ["JobModifyIndex"] = plannedIndex,
                ["Submission"] = source is null ? null : new JsonObject { ["Source"] = source, ["Format"] = "hcl2" },
            },
            NomadJson.Default.NomadRegistered,
            $"the job {job["ID"]}",
            SubmitJob,
            cancellation
        );

    /// <summary>
    /// Stops a job and removes it with its history. Nothing happens when there is none. Needs <c>submit-job</c>.
    /// </summary>
    public async Task RemoveJobAsync(string id, CancellationToken cancellation)
    {
        var path = $"/v1/job/{Uri.EscapeDataString(id)}";
        using var answer = await SendAsync(HttpMethod.Delete, path, "purge=true", content: null, cancellation);
        if (answer.StatusCode != HttpStatusCode.NotFound)
        {
            await BodyAsync(answer, $"to remove the job {id}", SubmitJob, cancellation);
        }
    }

    /// <summary>
    /// Ends a task's container and starts it again in the same allocation. Needs <c>alloc-lifecycle</c>.
    /// </summary>
    public async Task RestartAsync(string allocation, string task, CancellationToken cancellation)
    {
        var path = $"/v1/client/allocation/{Uri.EscapeDataString(allocation)}/restart";
        var content = new JsonObject { ["TaskName"] = task };
        using var answer = await SendAsync(HttpMethod.Put, path, "", content, cancellation);
        await BodyAsync(answer, $"to restart {task}", AllocLifecycle, cancellation);
    }

    /// <summary>An evaluation, at once or when it is past <paramref name="index"/>. Needs <c>read-job</c>.</summary>
    public Task<NomadAnswer<NomadEvaluation>> GetEvaluationAsync(
        string id,
        long? index,
        CancellationToken cancellation
    ) =>
        GetAsync(
            $"/v1/evaluation/{Uri.EscapeDataString(id)}",
            NomadJson.Default.NomadEvaluation,
            ReadJob,
            cancellation,
            index
        );

    /// <summary>A job's evaluations. Needs <c>read-job</c>.</summary>
    public async Task<IReadOnlyList<NomadEvaluation>> ListEvaluationsAsync(
        string job,
        CancellationToken cancellation
    ) =>
        await FindAsync(
            $"/v1/job/{Uri.EscapeDataString(job)}/evaluations",
            NomadJson.Default.ListNomadEvaluation,
            ReadJob,
            cancellation
        ) ?? [];

    /// <summary>A deployment, at once or when it is past <paramref name="index"/>. Needs <c>read-job</c>.</summary>
    public Task<NomadAnswer<NomadDeployment>> GetDeploymentAsync(
        string id,
        long? index,
        CancellationToken cancellation
    ) =>
        GetAsync(
            $"/v1/deployment/{Uri.EscapeDataString(id)}",
            NomadJson.Default.NomadDeployment,
            ReadJob,
            cancellation,
            index
        );

    /// <summary>A job's newest deployment; null when it has none. Needs <c>read-job</c>.</summary>
    public Task<NomadDeployment?> FindNewestDeploymentAsync(string job, CancellationToken cancellation) =>
        FindAsync(
            $"/v1/job/{Uri.EscapeDataString(job)}/deployment",
            NomadJson.Default.NomadDeployment,
            ReadJob,
            cancellation
        );

    /// <summary>
    /// A job's allocations, as soon as they are newer than <paramref name="index"/>. Needs <c>read-job</c>.
    /// </summary>
    public Task<NomadAnswer<List<NomadAllocation>>> GetAllocationsAsync(
        string job,
        long? index,
        CancellationToken cancellation
    ) =>
        GetAsync(
            $"/v1/job/{Uri.EscapeDataString(job)}/allocations",
            NomadJson.Default.ListNomadAllocation,
            ReadJob,
            cancellation,
            index
        );

    /// <summary>
    /// The allocations of some jobs with what each holds, which the lists of single jobs lack. Needs <c>read-job</c>.
    /// </summary>
    public async Task<IReadOnlyList<NomadAllocation>> ListAllocationsAsync(
        IEnumerable<string> jobs,
        CancellationToken cancellation
    )
    {
        var filter = string.Join(" or ", jobs.Select(j => $"JobID == \"{j}\""));
        var (found, _) = await GetAsync(
            "/v1/allocations",
            NomadJson.Default.ListNomadAllocation,
            ReadJob,
            cancellation,
            query: $"resources=true&filter={Uri.EscapeDataString(filter)}"
        );
        return found ?? [];
    }

    /// <summary>What an allocation uses now; null: its node does not know it. Needs <c>read-job</c>.</summary>
    public Task<NomadAllocationUsage?> FindUsageAsync(string allocation, CancellationToken cancellation) =>
        FindAsync(
            $"/v1/client/allocation/{Uri.EscapeDataString(allocation)}/stats",
            NomadJson.Default.NomadAllocationUsage,
            ReadJob,
            cancellation
        );
}
