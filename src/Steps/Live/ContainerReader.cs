using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Live;

/// <summary>
/// Reads the containers from Nomad, and what they use: from Nomad if its client publishes that, else from the engine of
/// this host. It remembers the CPU time of the last look, because CPU is the difference of two.
/// </summary>
internal sealed class ContainerReader(StepContext context)
{
    private const double Mebibyte = 1024 * 1024;
    private const int MillicoresPerPercent = 10;

    // Between the two readings of the first look.
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(1);

    private readonly NomadClient _nomad = context.World.Nomad;
    private readonly TimeProvider _time = context.World.Time;
    private readonly JobIds _ids = new(context.Answers.Nomad.Job);
    private Dictionary<string, (TimeSpan Cpu, long At)> _before = [];
    private readonly Dictionary<string, double> _mhzPerCore = [];

    /// <summary>True: no figures of CPU and memory came from Nomad or the engine.</summary>
    public bool LacksUsage { get; private set; }

    /// <summary>Every container that the answers want.</summary>
    /// <exception cref="InstallerException">Nomad does not answer, or refuses.</exception>
    public async Task<IReadOnlyList<LiveContainer>> ReadAsync(CancellationToken cancellation)
    {
        var all = await _nomad.ListAllocationsAsync(_ids.Deployed, cancellation);
        List<(LiveContainer Container, NomadAllocation? Of)> found =
        [
            .. ContainerGroups.All.SelectMany(g => ContainersOf(g, all)),
        ];
        await LearnSpeedAsync(found.Select(f => f.Of).OfType<NomadAllocation>(), cancellation);
        var withUsage = await WithUsageAsync([.. found.Select(f => WithLimits(f.Container, f.Of))], cancellation);
        var now = _time.GetUtcNow();
        return [.. withUsage.Select(c => Judgement.Of(c, now))];
    }

    private IEnumerable<(LiveContainer, NomadAllocation?)> ContainersOf(
        ContainerGroup group,
        IReadOnlyList<NomadAllocation> all
    )
    {
        var job = group.JobOf(_ids);
        var wanted = group.CountIn(context.Answers);
        var present = all.Where(a => a.JobID == job && a.TaskGroup == group.Group && a.DesiredStatus == "run")
            .OrderByDescending(a => a.ClientStatus == "running")
            .ThenByDescending(a => a.CreateIndex)
            .Take(wanted)
            .ToList();
        for (var i = 0; i < wanted; i++)
        {
            var allocation = i < present.Count ? present[i] : null;
            foreach (var task in group.Tasks)
            {
                var name = group.Tasks.Count > 1 ? task : group.Name;
                var subject = wanted > 1 ? FormattableString.Invariant($"{name} {i + 1}") : name;
                yield return (
                    Seen(
                        new LiveContainer(subject, job, group.Name, task) { Ends = group.Job == JobRole.Init },
                        allocation
                    ),
                    allocation
                );
            }
        }
    }

    private static LiveContainer Seen(LiveContainer container, NomadAllocation? allocation)
    {
        if (allocation is null)
        {
            return container;
        }

        var state = allocation.TaskStates?.GetValueOrDefault(container.Task);

        // A node that does not answer leaves its tasks at their last state.
        var isLost = allocation.ClientStatus is "lost" or "unknown";
        return container with
        {
            State = isLost ? allocation.ClientStatus : state?.State ?? "pending",
            Allocation = allocation.ID,
            Node = allocation.NodeName.Length > 0 ? allocation.NodeName : null,
            Started = state?.State == "running" ? state.StartedAt : null,
            Restarts = state?.Restarts ?? 0,
            OomKills = state?.Events?.Count(e => e.Details?.GetValueOrDefault("oom_killed") == "true") ?? 0,
            Level = state?.Failed == true ? LiveLevel.Down : LiveLevel.Well,
            Why = state?.Failed == true ? "it failed" : "",
        };
    }

    private async Task LearnSpeedAsync(IEnumerable<NomadAllocation> allocations, CancellationToken cancellation)
    {
        foreach (
            var id in allocations.Select(a => a.NodeID).Distinct().Where(n => !_mhzPerCore.ContainsKey(n)).ToList()
        )
        {
            if (await _nomad.FindNodeAsync(id, cancellation) is { } node)
            {
                _mhzPerCore[id] = node.MhzPerCore;
            }
        }
    }

    private LiveContainer WithLimits(LiveContainer container, NomadAllocation? allocation)
    {
        if (allocation?.AllocatedResources?.Tasks.GetValueOrDefault(container.Task) is not { } held)
        {
            return container;
        }

        return container with
        {
            CpuReservedMillicores = _mhzPerCore.TryGetValue(allocation.NodeID, out var mhz)
                ? Math.Round(held.Cpu.CpuShares * 1000 / mhz)
                : null,
            MemoryLimitMebibytes = Math.Max(held.Memory.MemoryMB, held.Memory.MemoryMaxMB),
        };
    }

    private async Task<IReadOnlyList<LiveContainer>> WithUsageAsync(
        IReadOnlyList<LiveContainer> containers,
        CancellationToken cancellation
    )
    {
        var published = await Task.WhenAll(containers.Select(c => PublishedAsync(c, cancellation)));
        LacksUsage = false;
        if (published.Any(c => c.MemoryMebibytes is not null) || containers.All(c => c.State != "running"))
        {
            return published;
        }

        var measured = await MeasuredAsync(containers, cancellation);
        LacksUsage = measured.All(c => c.MemoryMebibytes is null);
        return measured;
    }

    private async Task<LiveContainer> PublishedAsync(LiveContainer container, CancellationToken cancellation)
    {
        if (container is not { State: "running", Allocation: { } id })
        {
            return container;
        }

        NomadAllocationUsage? usage;
        try
        {
            usage = await _nomad.FindUsageAsync(id, cancellation);
        }
        catch (InstallerException)
        {
            return container;
        }

        return usage?.Tasks?.GetValueOrDefault(container.Task) is { Timestamp: > 0, ResourceUsage: { } used }
            ? container with
            {
                CpuMillicores = Math.Round((used.CpuStats?.Percent ?? 0) * MillicoresPerPercent),
                MemoryMebibytes = Rounded(used.MemoryStats?.WithoutFiles ?? 0),
            }
            : container;
    }

    // Only the engine of this host is asked: the containers of other nodes stay without figures.
    private async Task<IReadOnlyList<LiveContainer>> MeasuredAsync(
        IReadOnlyList<LiveContainer> containers,
        CancellationToken cancellation
    )
    {
        var readings = await MeasureAsync(containers, cancellation);
        if (readings.Count > 0 && !readings.Keys.Any(_before.ContainsKey))
        {
            Remember(readings);
            await Task.Delay(Span, _time, cancellation);
            readings = await MeasureAsync(containers, cancellation);
        }

        var measured = containers
            .Select(c => c.Allocation is { } id && readings.TryGetValue(id, out var r) ? With(c, r) : c)
            .ToList();
        Remember(readings);
        return measured;
    }

    private LiveContainer With(LiveContainer container, Reading reading) =>
        container with
        {
            MemoryMebibytes = Rounded(reading.Usage.MemoryBytes),
            CpuMillicores =
                _before.TryGetValue(container.Allocation!, out var then)
                && _time.GetElapsedTime(then.At, reading.At) is { TotalMilliseconds: > 0 and var passed }
                    ? Math.Round(Math.Max(0, (reading.Usage.Cpu - then.Cpu).TotalMilliseconds / passed) * 1000)
                    : null,
        };

    private async Task<Dictionary<string, Reading>> MeasureAsync(
        IEnumerable<LiveContainer> containers,
        CancellationToken cancellation
    )
    {
        var readings = await Task.WhenAll(
            containers
                .Where(c => c is { State: "running", Allocation: not null })
                .Select(async c =>
                {
                    try
                    {
                        var usage = await context.World.Docker.FindUsageAsync(
                            DockerContainer.OfTask(c.Allocation!, c.Task),
                            cancellation
                        );
                        return (
                            c.Allocation!,
                            Reading: usage is null ? null : new Reading(usage, _time.GetTimestamp())
                        );
                    }
                    catch (InstallerException)
                    {
                        return (c.Allocation!, Reading: null);
                    }
                })
        );
        return readings.Where(r => r.Reading is not null).ToDictionary(r => r.Item1, r => r.Reading!);
    }

    private void Remember(Dictionary<string, Reading> readings) =>
        _before = readings.ToDictionary(r => r.Key, r => (r.Value.Usage.Cpu, r.Value.At));

    private static double Rounded(long bytes) => Math.Round(bytes / Mebibyte);

    private sealed record Reading(ContainerUsage Usage, long At);
}
