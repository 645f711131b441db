using ErpInstaller.Answers;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Verification;

/// <summary>
/// Compares the containers with the answers: ten run, two have completed. More when groups are scaled.
/// </summary>
internal static class ContainerCount
{
    private const int InitContainers = 2;

    /// <summary>Describes the missing containers; null when none is missing.</summary>
    public static async Task<string?> MissingAsync(
        NomadClient nomad,
        AnswerFile answers,
        CancellationToken cancellation
    )
    {
        var running = (await RunningAsync(nomad, $"{answers.Nomad.Job}-data", cancellation))
            .Concat(await RunningAsync(nomad, answers.Nomad.Job, cancellation))
            .ToList();
        var wrong = Wanted(answers)
            .Where(w => running.Count(g => g == w.Key) != w.Value)
            .Select(w => $"{w.Key}: {running.Count(g => g == w.Key)} of {w.Value} running")
            .ToList();
        return wrong.Count == 0 ? null : string.Join(", ", wrong);
    }

    /// <summary>The number of containers that the answers ask for, with the two of the init job.</summary>
    public static int Total(AnswerFile answers) => Wanted(answers).Values.Sum() + InitContainers;

    private static Dictionary<string, int> Wanted(AnswerFile answers) =>
        new()
        {
            ["database"] = 1,
            ["redis-cache"] = 1,
            ["redis-queue"] = 1,
            ["redis-socketio"] = 1,
            ["backend"] = answers.Scale.Backend,
            ["websocket"] = 1,
            ["frontend"] = 1,
            ["scheduler"] = 1,
            ["queue-short"] = answers.Scale.QueueShort,
            ["queue-long"] = answers.Scale.QueueLong,
        };

    private static async Task<IEnumerable<string>> RunningAsync(
        NomadClient nomad,
        string job,
        CancellationToken cancellation
    ) =>
        ((await nomad.GetAllocationsAsync(job, index: null, cancellation)).Value ?? [])
            .Where(a => a is { ClientStatus: "running", DesiredStatus: "run" })
            .Select(a => a.TaskGroup);
}
