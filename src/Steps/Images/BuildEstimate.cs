namespace ErpInstaller.Images;

/// <summary>
/// What is left of a build: by the time that each thing took in an earlier build, and for a thing that is new by its
/// weight, compared to those that are known.
/// </summary>
/// <param name="earlier">Seconds by the name of a thing.</param>
/// <param name="parallel">The builder fetches all apps at the same time.</param>
internal sealed class BuildEstimate(IReadOnlyList<BuildThing> things, IReadOnlyDictionary<string, double> earlier, bool parallel)
{
    // Before so much of the work was measured, nothing can be said about the rest of it.
    private const double EnoughMeasured = 0.15;

    // A thing that takes longer than it did is never all done before it is.
    private const double MostOfOne = 0.95;

    /// <summary>Seconds to the end; null: nobody can know yet.</summary>
    /// <param name="elapsed">Seconds that a thing has taken so far.</param>
    public double? Left(Func<BuildThing, double> elapsed)
    {
        if (PerWeight() is not { } perWeight)
        {
            return null;
        }

        var open = things.Where(t => !t.IsDone)
            .Select(t => (t.First.Alongside, Left: Math.Max(0, Expected(t, perWeight) - elapsed(t)))).ToList();
        var fetching = open.Where(t => t.Alongside).Select(t => t.Left);
        return open.Where(t => !t.Alongside).Sum(t => t.Left) + (parallel ? fetching.DefaultIfEmpty().Max() : fetching.Sum());
    }

    /// <summary>The share that is done, 0 to 1.</summary>
    /// <param name="elapsed">Seconds that a thing has taken so far.</param>
    public double Ratio(Func<BuildThing, double> elapsed)
    {
        var perWeight = earlier.Count > 0 ? PerWeight() : null;
        var total = things.Sum(Size);
        return total <= 0 ? 0 : things.Sum(DoneOf) / total;

        double Size(BuildThing thing) => perWeight is { } known ? Expected(thing, known) : thing.Weight;
        double DoneOf(BuildThing thing) => thing.IsDone ? Size(thing) : perWeight is null ? 0 : Math.Min(elapsed(thing), MostOfOne * Size(thing));
    }

    private double Expected(BuildThing thing, double perWeight) => earlier.TryGetValue(thing.First.Thing, out var seconds) ? seconds : thing.Weight * perWeight;

    // Seconds that a weight of 1 stands for: by earlier builds, else by what this one has done.
    private double? PerWeight()
    {
        var known = things.Where(t => t.Weight > 0 && earlier.ContainsKey(t.First.Thing)).ToList();
        if (known.Count > 0)
        {
            return known.Sum(t => earlier[t.First.Thing]) / known.Sum(t => t.Weight);
        }

        var measured = things.Where(t => t.Weight > 0 && t.IsMeasured).ToList();
        var weight = measured.Sum(t => t.Weight);
        return weight > 0 && weight >= EnoughMeasured * things.Sum(t => t.Weight) ? measured.Sum(t => t.Seconds) / weight : null;
    }
}
