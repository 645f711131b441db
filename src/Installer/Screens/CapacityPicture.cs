using System.Globalization;
using ErpInstaller.Answers;
using ErpInstaller.HostChecks;
using ErpInstaller.HostChecks.Checks;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>
/// Bars for the cores and memory of the node, or of all nodes of a cluster together: used by others, needed by our
/// containers, and free.
/// </summary>
internal sealed class CapacityPicture(ScreenContext work)
{
    private const int Label = 7;
    private const int Numbers = 32;

    private NomadCapacityFact? _node;
    private string _problem = "";

    private ContainerNeed _need = new(0, 0);
    private ContainerNeed _init = new(0, 0);

    /// <summary>Whether the containers fit; empty until Nomad has described the node.</summary>
    public Line Judgement { get; private set; } = Line.Empty;

    /// <summary>Asks Nomad for the node's capacity.</summary>
    public void Look()
    {
        var context = work.Open().ContextOf(new HostChecksStep());
        work.Begin(
            stop => HostCheckup.CollectAsync(context, [new NomadCapacityCheck()], previous: null, stop),
            facts =>
            {
                (_node, _problem) = (facts.Find<NomadCapacityFact>(), facts.Unknown.Values.FirstOrDefault() ?? "");
                Judge();
            },
            e => _problem = e.Message
        );
    }

    /// <summary>Computes everything from the present answers. Call it when they change.</summary>
    public void Judge()
    {
        _need = ContainerNeed.Serving(work.Interview.Answers);
        _init = ContainerNeed.Of(work.Interview.Answers, JobRole.Init);
        Judgement =
            _node is null ? Line.Empty
            : _node.Others is not null ? OfCluster(_node, new NomadCapacityCheck().Judge(_node, work.Interview.Answers))
            : NomadCapacityCheck.Lacks(_node, _need) is { } lacking
                ? new Line($"{lacking}: use fewer or smaller ones, or another node.", Tone.Bad)
            : NomadCapacityCheck.Lacks(_node, _need + _init) is not null
                ? new Line("It fits, but there is no room to add apps later.", Tone.Warning)
            : new Line($"It fits on {_node.Node}.", Tone.Good);
    }

    /// <summary>Three lines.</summary>
    public IEnumerable<Line> Draw(int width)
    {
        if (_node is null)
        {
            yield return new Line($"{Cores(_need)} cores and {_need.Memory} MiB are needed.");
            yield return new Line(
                _problem.Length == 0
                    ? "Asking Nomad for the node's capacity"
                    : $"The node's capacity is not known: {_problem}",
                Tone.Quiet
            ).Clip(width, work.Glyphs.More);
        }
        else
        {
            NomadCapacityFact[] nodes = [_node, .. _node.Others ?? []];
            yield return Bar(
                "cores",
                nodes.Sum(n => n.TotalMhz / n.MhzPerCore),
                nodes.Sum(n => n.FreeMhz / n.MhzPerCore),
                _need.Millicores / 1000.0,
                width,
                "0.0"
            );
            yield return Bar(
                "MiB",
                nodes.Sum(n => n.TotalMemory),
                nodes.Sum(n => n.FreeMemory),
                _need.Memory,
                width,
                "0"
            );
        }

        yield return new Line(
            $"and {Cores(_init)} cores, {_init.Memory} MiB more while the site is prepared",
            Tone.Quiet
        );
    }

    private static string Cores(ContainerNeed need) =>
        (need.Millicores / 1000.0).ToString("0.0", CultureInfo.InvariantCulture);

    // The bars add up all nodes, but each container must fit on one.
    private Line OfCluster(NomadCapacityFact entry, Verdict verdict) =>
        verdict.Kind switch
        {
            VerdictKind.Fail => new Line($"No node has room for {Unplaced(entry)}.", Tone.Bad),
            VerdictKind.Warn => new Line("It fits, but there is no room to add apps later.", Tone.Warning),
            _ => new Line("It fits on the nodes of the cluster.", Tone.Good),
        };

    private string Unplaced(NomadCapacityFact entry) =>
        string.Join(", ", NomadCapacityCheck.Unplaced(entry, work.Interview.Answers));

    private Line Bar(string what, double total, double free, double need, int width, string format)
    {
        var taken = total - free;
        var room = Math.Max(10, width - Label - Numbers);
        var fits = taken + need <= total;
        var others = Cells(taken);
        var ours = Math.Clamp(Cells(taken + need) - others, 0, room - others);
        return new Line(what)
            .To(Label)
            .Add(Repeat(work.Glyphs.Taken, others), Tone.Quiet)
            .Add(Repeat(work.Glyphs.Full, ours), fits ? Tone.Good : Tone.Bad)
            .Add(Repeat(work.Glyphs.Free, room - others - ours), Tone.Quiet)
            .Add(
                fits
                    ? $" needs {Number(need)} of the {Number(free)} free"
                    : $" needs {Number(need)}, only {Number(free)} free",
                fits ? Tone.Normal : Tone.Bad
            );

        // Other jobs may have reserved more than the node has.
        string Number(double amount) => Math.Max(0, amount).ToString(format, CultureInfo.InvariantCulture);

        int Cells(double amount) => (int)Math.Round(Math.Clamp(amount / total, 0, 1) * room);
    }

    private static string Repeat(string sign, int count) => string.Concat(Enumerable.Repeat(sign, count));
}
