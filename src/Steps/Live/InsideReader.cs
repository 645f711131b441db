using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ErpInstaller.Answers;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Run;

namespace ErpInstaller.Live;

/// <summary>
/// Reads a site from inside, by <c>site_look.py</c> in a running Frappe container. That takes a tenth of a second;
/// <c>bench</c> would take a second of CPU.
/// </summary>
internal sealed class InsideReader(StepContext context)
{
    private const string Script = "deployment/site_look.py";

    // All have the image and the sites. The first that runs is used.
    private static readonly string[] Groups =
    [
        ContainerGroups.Backend.Name,
        ContainerGroups.QueueShort.Name,
        ContainerGroups.QueueLong.Name,
        ContainerGroups.Scheduler.Name,
    ];

    private readonly string _script = context.Assets.Read(Script);
    private readonly ContainerCommands _commands = new(context);

    /// <summary>Reads parts of the site.</summary>
    /// <param name="containers">The containers of the installation.</param>
    /// <param name="parts">The parts, as the script names them.</param>
    /// <returns>With its reason if nothing can be read.</returns>
    public async Task<T> ReadAsync<T>(
        IEnumerable<LiveContainer> containers,
        IReadOnlyList<string> parts,
        JsonTypeInfo<T> type,
        CancellationToken cancellation
    )
        where T : InsideParts, new()
    {
        var running = containers
            .Where(c => c is { State: "running", Allocation: not null } && Groups.Contains(c.Group))
            .MinBy(c => Array.IndexOf(Groups, c.Group));
        if (running is null)
        {
            return new T { Fault = "no Frappe container runs" };
        }

        string[] command = ["python3", "-I", "-c", _script, context.Answers.Site.Name, .. parts];
        try
        {
            return Parse(await _commands.RunAsync(running, command, cancellation), type);
        }
        catch (InstallerException e)
        {
            return new T { Fault = e.Message };
        }
    }

    /// <summary>Reads the output of the script.</summary>
    internal static T Parse<T>(ContainerRun ran, JsonTypeInfo<T> type)
        where T : InsideParts, new()
    {
        try
        {
            if (ran.ExitCode == 0 && JsonSerializer.Deserialize(ran.Output, type) is { } found)
            {
                return found;
            }
        }
        catch (JsonException)
        {
            // Its output says why.
        }

        var last = TerminalText.Clean(ran.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
        return new T { Fault = last ?? FormattableString.Invariant($"{Script} ended with {ran.ExitCode}") };
    }
}

/// <summary>Parts of a site that were read from inside.</summary>
internal abstract record InsideParts
{
    /// <summary>Part → why it could not be read.</summary>
    [JsonPropertyName("errors")]
    public Dictionary<string, string> Errors { get; init; } = [];

    /// <summary>Why nothing could be read; null: something was.</summary>
    public string? Fault { get; init; }
}

/// <summary>What <c>status --live</c> reads of a site from inside. A part that could not be read is null.</summary>
internal sealed record Inside : InsideParts
{
    /// <summary>Its parts, as the script names them.</summary>
    public static readonly string[] Parts = ["queues", "scheduler", "backup", "disk"];

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
