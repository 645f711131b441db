using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ErpInstaller.Core.Ids;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Support;

/// <summary>The jobs as they are registered, their allocations, and the ends of their logs.</summary>
internal sealed class BundleNomad(Installation installation)
{
    // Of a group: the one that runs, and the one before it.
    private const int AllocationsOfGroup = 2;
    private const int LinesOfLog = 2000;

    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly NomadClient _nomad = installation.World.Nomad;
    private readonly JobIds _jobs = new(installation.Settings.Answers.Nomad.Job);

    /// <summary>Nodes, specifications, evaluations and allocations.</summary>
    public async Task JobsAsync(BundlePart part, CancellationToken cancellation)
    {
        await NodesAsync(part, cancellation);
        foreach (var job in _jobs.All)
        {
            if (await _nomad.FindSpecificationAsync(job, cancellation) is not { } specification)
            {
                continue;
            }

            part.Add($"nomad/{job}.json", "the job as it is registered", Write(specification));
            var lines = new StringBuilder();
            foreach (var evaluation in await _nomad.ListEvaluationsAsync(job, cancellation))
            {
                Write(evaluation, lines);
            }

            foreach (var allocation in await AllocationsAsync(job, cancellation))
            {
                Write(allocation, lines);
            }

            part.Add($"nomad/{job}.txt", "its evaluations and allocations", lines.ToString());
        }

        if (part.Texts.Count == 1)
        {
            part.Remark($"there is no job {_jobs.Application}");
        }
    }

    /// <summary>The ends of the logs.</summary>
    public async Task LogsAsync(BundlePart part, CancellationToken cancellation)
    {
        foreach (var job in _jobs.All)
        {
            var newest = (await AllocationsAsync(job, cancellation))
                .GroupBy(a => a.TaskGroup)
                .SelectMany(g => g.Take(AllocationsOfGroup));
            foreach (var allocation in newest)
            {
                foreach (var task in allocation.TaskStates?.Keys ?? Enumerable.Empty<string>())
                {
                    await LogAsync(part, allocation, task, "stdout", cancellation);
                    await LogAsync(part, allocation, task, "stderr", cancellation);
                }
            }
        }
    }

    private async Task LogAsync(
        BundlePart part,
        NomadAllocation allocation,
        string task,
        string type,
        CancellationToken cancellation
    )
    {
        var name = $"{allocation.JobID}/{allocation.TaskGroup}-{allocation.ID[..8]}-{task}.{type}";
        try
        {
            var lines = await _nomad.TailAsync(allocation.ID, task, type, LinesOfLog, cancellation);
            if (lines.Count > 0)
            {
                part.Add(
                    $"logs/{name}",
                    $"the last lines of {task}, {allocation.ClientStatus}",
                    string.Join('\n', lines)
                );
            }
        }
        catch (NomadLogMissing e)
        {
            part.Remark($"{name}: {e.Message}");
        }
    }

    private async Task NodesAsync(BundlePart part, CancellationToken cancellation)
    {
        var lines = new StringBuilder();
        foreach (var node in await _nomad.ListNodesAsync(cancellation))
        {
            lines.AppendLine(
                CultureInfo.InvariantCulture,
                $"{node.ID} {node.Name} {node.Address} {node.Datacenter}/{node.NodePool} {node.Status} "
                    + $"{node.SchedulingEligibility}{(node.Drain ? " draining" : "")} {node.Version}"
            );
        }

        part.Add("nomad/nodes.txt", "the client nodes", lines.ToString());
    }

    // Newest first.
    private async Task<IReadOnlyList<NomadAllocation>> AllocationsAsync(string job, CancellationToken cancellation) =>
        [
            .. ((await _nomad.GetAllocationsAsync(job, index: null, cancellation)).Value ?? []).OrderByDescending(a =>
                a.CreateIndex
            ),
        ];

    private static void Write(NomadEvaluation evaluation, StringBuilder lines)
    {
        lines.AppendLine(
            CultureInfo.InvariantCulture,
            $"evaluation {evaluation.ID} {evaluation.Status} by {evaluation.TriggeredBy} {evaluation.StatusDescription}"
        );
        foreach (var group in evaluation.FailedTGAllocs?.Keys ?? Enumerable.Empty<string>())
        {
            lines.AppendLine(CultureInfo.InvariantCulture, $"  not placed: {group}");
        }
    }

    private static void Write(NomadAllocation allocation, StringBuilder lines)
    {
        lines.AppendLine(
            CultureInfo.InvariantCulture,
            $"allocation {allocation.ID} {allocation.TaskGroup} version {allocation.JobVersion} "
                + $"{allocation.ClientStatus}, desired {allocation.DesiredStatus}, node {allocation.NodeID}"
        );
        foreach (var (name, task) in allocation.TaskStates ?? [])
        {
            lines.AppendLine(
                CultureInfo.InvariantCulture,
                $"  task {name} {task.State}{(task.Failed ? ", failed" : "")}, {task.Restarts} restarts"
            );
            foreach (var happened in task.Events ?? [])
            {
                var time = DateTimeOffset.FromUnixTimeMilliseconds(happened.Time / 1_000_000);
                lines.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"    {time:yyyy-MM-dd HH:mm:ss} {happened.Type}: {happened.DisplayMessage}"
                );
            }
        }
    }

    private static string Write(JsonObject specification)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Readable))
        {
            specification.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
