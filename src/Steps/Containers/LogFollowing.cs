using ErpInstaller.Answers;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Containers;

/// <summary>Follows the logs of all containers of a group, also of those that Nomad starts meanwhile.</summary>
/// <param name="take">Receives each line, one at a time.</param>
/// <param name="say">Told that Nomad does not answer any more.</param>
internal sealed class LogFollowing(
    Installation installation,
    ContainerGroup group,
    LogRequest request,
    Action<LogLine> take,
    Action<string> say
)
{
    private readonly NomadClient _nomad = installation.World.Nomad;
    private readonly string _job = new ContainerFinder(installation).JobOf(group);
    private readonly LogOutage _outage = new(installation.World.Time, say);
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Allocation, string Task), FollowedContainer> _followed = [];

    private IEnumerable<Task> Readings => _followed.Values.Select(f => f.Reading);

    // Other jobs replace a container that ends.
    private bool IsOver => group.Job == JobRole.Init && _followed.Count > 0 && _followed.Values.All(f => f.HasEnded);

    /// <summary>Follows until the containers of the init job have ended, otherwise for ever.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            long? index = null;
            while (!IsOver)
            {
                (var allocations, index) = await AskAsync(index, ended.Token);
                Compare(allocations, ended.Token);
            }

            await Task.WhenAll(Readings);
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(Readings.Select(r => r.ContinueWith(_ => { }, TaskScheduler.Default)));
            foreach (var container in _followed.Values)
            {
                container.Dispose();
            }
        }
    }

    // Waits for a change of the job's allocations. Throws when a reader fails before Nomad answers.
    private async Task<(IReadOnlyList<NomadAllocation>? Allocations, long? Index)> AskAsync(
        long? index,
        CancellationToken cancellation
    )
    {
        var asking = _outage.AskAsync(() => _nomad.GetAllocationsAsync(_job, index, cancellation), cancellation);
        var open = Readings.Where(r => !r.IsCompletedSuccessfully).ToList();
        while (await Task.WhenAny([asking, .. open]) is var first && first != asking)
        {
            await first;
            open.Remove(first);
        }

        var answer = await asking;
        return (answer.Value, answer.Index);
    }

    private void Compare(IReadOnlyList<NomadAllocation>? allocations, CancellationToken cancellation)
    {
        var containers = Container.ToRead(ContainerFinder.ContainersOf(group, allocations));
        if (_followed.Count == 0 && containers.Count == 0 && allocations is not { Count: > 0 })
        {
            throw ContainerErrors.NotThere(group, _job);
        }

        foreach (var container in containers.Where(c => c.HasStarted))
        {
            var followed = Follow(container, containers, cancellation);
            if (container.Allocation.IsTerminal)
            {
                followed.End();
            }
        }

        foreach (var key in _followed.Keys.Where(k => containers.All(c => c.Allocation.ID != k.Allocation)))
        {
            _followed[key].End();
        }
    }

    private FollowedContainer Follow(Container container, IReadOnlyList<Container> all, CancellationToken cancellation)
    {
        var key = (container.Allocation.ID, container.Task);
        if (!_followed.TryGetValue(key, out var followed))
        {
            var source = container.SourceAmong(all);
            _followed[key] = followed = new FollowedContainer(
                LogStream.Of(_nomad, container),
                request,
                _outage,
                installation.World.Time,
                (isError, text) => Take(new LogLine(source, isError, installation.Secrets.Redact(text))),
                cancellation
            );
            followed.Begin();
        }

        return followed;
    }

    private void Take(LogLine line)
    {
        lock (_gate)
        {
            take(line);
        }
    }
}
