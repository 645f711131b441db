namespace ErpInstaller.Outside.Nomad;

/// <summary>Why a group found no node.</summary>
public sealed record NomadPlacementFailure
{
    /// <summary>Nodes in reach by datacenter.</summary>
    public Dictionary<string, int>? NodesAvailable { get; init; }

    public int NodesEvaluated { get; init; }

    /// <summary>Dimension (cpu, memory, disk, <c>network: reserved port collision …</c>) → nodes that lack it.</summary>
    public Dictionary<string, int>? DimensionExhausted { get; init; }

    /// <summary>Constraint → nodes that it filters out.</summary>
    public Dictionary<string, int>? ConstraintFiltered { get; init; }

    /// <summary>In words, one line.</summary>
    public string Describe()
    {
        var reasons = (DimensionExhausted ?? [])
            .Select(d => d.Key is "cpu" or "memory" or "disk" ? $"not enough {d.Key}" : d.Key)
            .Concat((ConstraintFiltered ?? []).Select(c => $"constraint {c.Key}"))
            .ToList();
        return reasons.Count > 0 ? string.Join(", ", reasons)
            : NodesEvaluated == 0 ? "no node in this datacenter and node pool"
            : "no node fits";
    }
}
