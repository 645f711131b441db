using ErpInstaller.Answers;
using ErpInstaller.HostChecks.Facts;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// Places the containers on the nodes of a cluster to see whether they fit: pinned groups first, then the
/// largest, each on the node with the least free memory that still fits. Nomad's binpack scheduler works much the same
/// way.
/// </summary>
internal sealed class ContainerPacking
{
    private readonly List<Room> _rooms;
    private readonly double _mhzPerCore;

    /// <param name="entry">The entry node, with the other nodes. CPU is converted by its MHz per core.</param>
    public ContainerPacking(NomadCapacityFact entry)
    {
        _mhzPerCore = entry.MhzPerCore;
        _rooms = [.. new[] { entry }.Concat(entry.Others ?? []).Select(n => new Room(n))];
    }

    /// <summary>The containers that fit on no node.</summary>
    public IReadOnlyList<string> Unplaced(IEnumerable<(string Group, ContainerResources Each)> containers) =>
        [
            .. containers
                .OrderByDescending(c => _rooms.Any(r => r.Holds(c.Group)))
                .ThenByDescending(c => c.Each.Memory)
                .Where(c => !Place(c.Group, c.Each))
                .Select(c => $"{c.Group} ({c.Each.Cpu / 1000.0:0.0} cores, {c.Each.Memory} MiB)"),
        ];

    private bool Place(string group, ContainerResources each)
    {
        var mhz = (long)Math.Ceiling(each.Cpu / 1000.0 * _mhzPerCore);
        var allowed = _rooms.Exists(r => r.Holds(group)) ? _rooms.Where(r => r.Holds(group)) : _rooms;
        if (allowed.Where(r => r.Mhz >= mhz && r.Memory >= each.Memory).MinBy(r => r.Memory) is not { } room)
        {
            return false;
        }

        room.Mhz -= mhz;
        room.Memory -= each.Memory;
        return true;
    }

    private sealed class Room(NomadCapacityFact node)
    {
        public long Mhz { get; set; } = node.FreeMhz;

        public long Memory { get; set; } = node.FreeMemory;

        public bool Holds(string group) => node.Pinned?.Contains(group) == true;
    }
}
