using ErpInstaller.Answers;
using ErpInstaller.Core.Ids;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Verification;

/// <summary>Compares the containers that run with those that the answers want.</summary>
internal static class ContainerCount
{
    /// <summary>The groups that lack containers, for people; null: every container runs.</summary>
    public static async Task<string?> MissingAsync(
        NomadClient nomad,
        AnswerFile answers,
        CancellationToken cancellation
    )
    {
        var ids = new JobIds(answers.Nomad.Job);
        var running = (await RunningAsync(nomad, ids.Data, cancellation))
            .Concat(await RunningAsync(nomad, ids.Application, cancellation))
            .CountBy(g => g)
            .ToDictionary();
        var wrong = ContainerGroups
            .Serving.Select(g => (g.Group, Wanted: g.CountIn(answers), Running: running.GetValueOrDefault(g.Group)))
            .Where(g => g.Running != g.Wanted)
            .Select(g => $"{g.Group}: {g.Running} of {g.Wanted} running")
            .ToList();
        return wrong.Count == 0 ? null : string.Join(", ", wrong);
    }

    /// <summary>How many containers the answers want, those of the init job included.</summary>
    public static int Total(AnswerFile answers) => ContainerGroups.All.Sum(g => g.CountIn(answers) * g.Tasks.Count);

    private static async Task<IEnumerable<string>> RunningAsync(
        NomadClient nomad,
        string job,
        CancellationToken cancellation
    ) =>
        ((await nomad.GetAllocationsAsync(job, index: null, cancellation)).Value ?? [])
            .Where(a => a is { ClientStatus: "running", DesiredStatus: "run" })
            .Select(a => a.TaskGroup);
}
