namespace ErpInstaller.Image;

/// <summary>
/// What is left of a build: by the time that each thing took in an earlier build; for a new thing by what the release file
/// says that it takes, and how much slower than that this host is.
/// </summary>
/// <param name="earlier">Seconds by the name of a thing.</param>
/// <param name="parallel">The builder does the rows of things at the same time.</param>
internal sealed class BuildEstimate(
    IReadOnlyList<BuildThing> things,
    IReadOnlyDictionary<string, double> earlier,
    bool parallel
)
{
    // Before so much of the work was measured, it says little about the rest of it.
    private const double EnoughMeasured = 0.15;

    // A thing that takes longer than it did is never all done before it is.
    private const double MostOfOne = 0.95;

    /// <summary>Seconds to the end.</summary>
    /// <param name="elapsed">Seconds that a thing has taken so far.</param>
    public double Left(Func<BuildThing, double> elapsed)
    {
        var perWeight = PerWeight();
        var rows = things
            .Where(t => !t.IsDone)
            .GroupBy(t => t.First.Row, t => Math.Max(0, Expected(t, perWeight) - elapsed(t)))
            .ToDictionary(g => g.Key, g => g.Sum());
        var alone = rows.GetValueOrDefault("");
        var together = rows.Where(r => r.Key.Length > 0).Select(r => r.Value);
        return alone + (parallel ? together.DefaultIfEmpty().Max() : together.Sum());
    }

    /// <summary>The share that is done, 0 to 1.</summary>
    /// <param name="elapsed">Seconds that a thing has taken so far.</param>
    public double Ratio(Func<BuildThing, double> elapsed)
    {
        var perWeight = PerWeight();
        var total = things.Sum(t => Expected(t, perWeight));
        return total <= 0 ? 0 : things.Sum(DoneOf) / total;

        double DoneOf(BuildThing thing)
        {
            var size = Expected(thing, perWeight);
            return thing.IsDone ? size : Math.Min(elapsed(thing), MostOfOne * size);
        }
    }

    private double Expected(BuildThing thing, double perWeight) =>
        earlier.TryGetValue(thing.First.Thing, out var seconds) ? seconds : thing.Weight * perWeight;

    // How much slower this host is than the one where the weights were measured: by earlier builds, else by what this one
    // has done. Before that, as fast.
    private double PerWeight()
    {
        var known = things.Where(t => t.Weight > 0 && earlier.ContainsKey(t.First.Thing)).ToList();
        if (known.Count > 0)
        {
            return known.Sum(t => earlier[t.First.Thing]) / known.Sum(t => t.Weight);
        }

        var measured = things.Where(t => t.Weight > 0 && t.IsMeasured).ToList();
        var weight = measured.Sum(t => t.Weight);
        return weight > 0 && weight >= EnoughMeasured * things.Sum(t => t.Weight)
            ? measured.Sum(t => t.Seconds) / weight
            : 1;
    }
}
