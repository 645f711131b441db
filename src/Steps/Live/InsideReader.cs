using System.Text.Json;
using System.Text.Json.Serialization;
using ErpInstaller.Answers;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Run;

namespace ErpInstaller.Live;

/// <summary>
/// Reads queues, workers, scheduler and disk from inside, by <c>live.py</c> in a running Frappe container. That takes
/// a tenth of a second; <c>bench</c> would take a second of CPU.
/// </summary>
internal sealed class InsideReader(StepContext context)
{
    private const string Script = "deployment/live.py";

    // All have the image and the sites. The first that runs is used.
    private static readonly string[] Groups =
    [
        ContainerGroups.Backend.Name,
        ContainerGroups.QueueShort.Name,
        ContainerGroups.QueueLong.Name,
        ContainerGroups.Scheduler.Name,
    ];

    private readonly string _script = context.Assets.Read(Script);

    /// <summary>Reads it.</summary>
    /// <returns>With its reason if nothing can be read.</returns>
    public async Task<Inside> ReadAsync(IReadOnlyList<LiveContainer> containers, CancellationToken cancellation)
    {
        var running = containers
            .Where(c => c is { State: "running", Allocation: not null } && Groups.Contains(c.Group))
            .OrderBy(c => Array.IndexOf(Groups, c.Group))
            .ToList();
        if (running.Count == 0)
        {
            return new Inside { Fault = "no Frappe container runs" };
        }

        string[] command = ["python3", "-I", "-c", _script, context.Answers.Site.Name];
        foreach (var container in running)
        {
            try
            {
                var ran = await context.World.Docker.ExecuteAsync(
                    DockerContainer.OfTask(container.Allocation!, container.Task),
                    command,
                    cancellation
                );
                if (ran is not null)
                {
                    return Parse(ran);
                }
            }
            catch (InstallerException e)
            {
                return new Inside { Fault = e.Message };
            }
        }

        return new Inside { Fault = "the Docker engine of this host does not have the containers" };
    }

    /// <summary>Reads the output of <c>live.py</c>.</summary>
    internal static Inside Parse(ContainerRun ran)
    {
        try
        {
            if (ran.ExitCode == 0 && JsonSerializer.Deserialize(ran.Output, InsideJson.Default.Inside) is { } inside)
            {
                return inside;
            }
        }
        catch (JsonException)
        {
            // Its output says why.
        }

        var last = TerminalText.Clean(ran.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
        return new Inside { Fault = last ?? FormattableString.Invariant($"live.py ended with {ran.ExitCode}") };
    }
}

/// <summary>The output of <c>live.py</c>. A part that could not be read is null.</summary>
internal sealed record Inside
{
    [JsonPropertyName("queues")]
    public List<InsideQueue>? Queues { get; init; }

    [JsonPropertyName("workers")]
    public InsideWorkers? Workers { get; init; }

    [JsonPropertyName("scheduler")]
    public InsideScheduler? Scheduler { get; init; }

    [JsonPropertyName("backup")]
    public InsideBackup? Backup { get; init; }

    [JsonPropertyName("disk")]
    public InsideDisk? Disk { get; init; }

    /// <summary>Part → why it could not be read.</summary>
    [JsonPropertyName("errors")]
    public Dictionary<string, string> Errors { get; init; } = [];

    /// <summary>Why nothing could be read; null: something was.</summary>
    [JsonIgnore]
    public string? Fault { get; init; }
}

internal sealed record InsideQueue(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("length")] long Length,
    [property: JsonPropertyName("running")] long Running,
    [property: JsonPropertyName("failed")] long Failed,
    [property: JsonPropertyName("abandoned")] long Abandoned,
    [property: JsonPropertyName("oldest_seconds")] double? OldestSeconds
);

internal sealed record InsideWorkers(
    [property: JsonPropertyName("count")] int Count,
    [property: JsonPropertyName("busy")] int Busy
);

/// <param name="Off">The key that switches it off; null: it is on.</param>
/// <param name="Seconds">Since the last job began; null: none ran yet.</param>
internal sealed record InsideScheduler(
    [property: JsonPropertyName("off")] string? Off,
    [property: JsonPropertyName("seconds")] double? Seconds
);

/// <param name="Time">Seconds since 1970.</param>
internal sealed record InsideBackup(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("time")] long Time,
    [property: JsonPropertyName("by")] string By
)
{
    /// <summary>Null: no moment of this calendar.</summary>
    [JsonIgnore]
    public DateTimeOffset? At => Time is >= 0 and <= LastSecond ? DateTimeOffset.FromUnixTimeSeconds(Time) : null;

    // 9999-12-31T23:59:59Z.
    private const long LastSecond = 253_402_300_799;
}

internal sealed record InsideDisk(
    [property: JsonPropertyName("free")] long Free,
    [property: JsonPropertyName("size")] long Size
);

[JsonSourceGenerationOptions(RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Inside))]
internal sealed partial class InsideJson : JsonSerializerContext;
