namespace ErpInstaller.Image;

/// <summary>
/// Estimates the remaining time of a build from the time that each part took in an earlier build. For a new part it
/// uses the release file's figure, scaled by the speed of this host.
/// </summary>
/// <param name="earlier">Seconds of earlier builds, by the name of a part.</param>
/// <param name="parallel">True when the builder runs the rows in parallel.</param>
internal sealed class BuildEstimate(
    IReadOnlyList<BuildPart> parts,
    IReadOnlyDictionary<string, double> earlier,
    bool parallel
)
{
    // With less measured work than this, the host's speed is unknown.
    private const double EnoughMeasured = 0.15;

    // A part that takes longer than before stays below 100 % until it ends.
    private const double MaxOfOne = 0.95;

    /// <summary>The remaining seconds.</summary>
    /// <param name="elapsed">Seconds that a part has taken so far.</param>
    public double Left(Func<BuildPart, double> elapsed)
    {
        var perWeight = PerWeight();
        var rows = parts
            .Where(t => !t.IsDone)
            .GroupBy(t => t.First.Row, t => Math.Max(0, Expected(t, perWeight) - elapsed(t)))
            .ToDictionary(g => g.Key, g => g.Sum());
        var alone = rows.GetValueOrDefault("");
        var together = rows.Where(r => r.Key.Length > 0).Select(r => r.Value);
        return alone + (parallel ? together.DefaultIfEmpty().Max() : together.Sum());
    }

    /// <summary>The completed share, 0 to 1.</summary>
    /// <param name="elapsed">Seconds that a part has taken so far.</param>
    public double Ratio(Func<BuildPart, double> elapsed)
    {
        var perWeight = PerWeight();
        var total = parts.Sum(t => Expected(t, perWeight));
        return total <= 0 ? 0 : parts.Sum(DoneOf) / total;

        double DoneOf(BuildPart part)
        {
            var size = Expected(part, perWeight);
            return part.IsDone ? size : Math.Min(elapsed(part), MaxOfOne * size);
        }
    }

    private double Expected(BuildPart part, double perWeight) =>
        earlier.TryGetValue(part.First.Part, out var seconds) ? seconds : part.Weight * perWeight;

    // How much slower this host is than the one on which the weights were measured: by earlier builds; without them by
    // the completed parts of this build. Before that: the same speed.
    private double PerWeight()
    {
        var known = parts.Where(t => t.Weight > 0 && earlier.ContainsKey(t.First.Part)).ToList();
        if (known.Count > 0)
        {
            return known.Sum(t => earlier[t.First.Part]) / known.Sum(t => t.Weight);
        }

        var measured = parts.Where(t => t.Weight > 0 && t.IsMeasured).ToList();
        var weight = measured.Sum(t => t.Weight);
        return weight > 0 && weight >= EnoughMeasured * parts.Sum(t => t.Weight)
            ? measured.Sum(t => t.Seconds) / weight
            : 1;
    }
}
