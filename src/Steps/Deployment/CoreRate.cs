using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Deployment;

/// <summary>
/// The MHz per core of the registered jobs. Nomad counts CPU in MHz. After a change of the CPU, or a move of the
/// virtual machine, the same answers would give other MHz, and Nomad would replace every group. So the old rate stays
/// in use while the node has room.
/// </summary>
internal static class CoreRate
{
    /// <summary>Jobs made at this rate have their CPU in millicores.</summary>
    public const double Millicores = 1000;

    private const double LessThanAnyDifference = 1e-6;

    /// <summary>The rate that most of the registered tasks were made with; null: the node's own is used.</summary>
    /// <param name="inMillicores">The wanted jobs, at the rate <see cref="Millicores"/>.</param>
    /// <param name="registered">The registered jobs.</param>
    /// <param name="own">The node's own MHz per core.</param>
    /// <param name="room">The MHz that the nodes offer to jobs.</param>
    public static double? Of(
        IEnumerable<Job> inMillicores,
        IReadOnlyList<NomadJobSummary> registered,
        double own,
        long room
    )
    {
        var wanted = inMillicores.SelectMany(j => j.Groups, (j, g) => (Job: j.Id, Group: g)).ToList();
        var spans = wanted
            .SelectMany(w => w.Group.Tasks, (w, t) => Span.Of(t.Mhz, MhzOf(registered, w.Job, w.Group.Name, t.Name)))
            .OfType<Span>()
            .ToList();
        if (spans.Count == 0 || Agreeing(spans, own) is not { Count: > 0 } agreed || agreed.All(s => s.Has(own)))
        {
            return null;
        }

        var rate = (agreed.Max(s => s.Above) + agreed.Min(s => s.UpTo)) / 2;
        return wanted.Sum(w => w.Group.Count * w.Group.Tasks.Max(t => NomadNode.ToMhz(t.Mhz, rate))) <= room
            ? rate
            : null;
    }

    // A task whose CPU was changed, in the answers or at Nomad, disagrees with the others. If as many tasks agree with
    // the node's own rate, that rate is used.
    private static List<Span> Agreeing(List<Span> spans, double own) =>
        spans
            .Select(s => s.UpTo - LessThanAnyDifference)
            .Prepend(own)
            .Select(rate => spans.Where(s => s.Has(rate)).ToList())
            .MaxBy(s => s.Count)!;

    private static int? MhzOf(IReadOnlyList<NomadJobSummary> registered, string job, string group, string task) =>
        registered
            .FirstOrDefault(j => j.ID == job)
            ?.TaskGroups?.FirstOrDefault(g => g.Name == group)
            ?.Tasks?.FirstOrDefault(t => t.Name == task)
            ?.Resources?.CPU;

    // MHz are rounded up, so the MHz of a task allow a range of rates.
    private sealed record Span(double Above, double UpTo)
    {
        public static Span? Of(int millicores, int? mhz) =>
            mhz is { } found && millicores > 0
                ? new Span((found - 1) * Millicores / millicores, found * Millicores / millicores)
                : null;

        public bool Has(double rate) => rate > Above && rate <= UpTo + LessThanAnyDifference;
    }
}
