using ErpInstaller.HostChecks;
using ErpInstaller.Screens.Drawing;

namespace ErpInstaller.Screens;

/// <summary>The node's cores and memory: what others hold, what these containers take, what stays free.</summary>
internal sealed class CapacityPicture(Workspace work) : IFormPicture
{
    private const int Label = 8;
    private const int Numbers = 22;

    private NomadCapacityFact? _node;
    private string _problem = "";

    /// <inheritdoc/>
    public void Look()
    {
        var context = work.Open("", _ => { }).ContextOf(new HostChecksStep());
        work.Begin(
            stop => HostCheckup.CollectAsync(context, [new NomadCapacityCheck()], previous: null, stop),
            facts => (_node, _problem) = (facts.Find<NomadCapacityFact>(), facts.Unknown.Values.FirstOrDefault() ?? ""),
            e => _problem = e.Message);
    }

    /// <inheritdoc/>
    public IEnumerable<Line> Draw(int width)
    {
        var (data, application, _) = ContainerNeed.Of(work.Answers);
        var need = data + application;
        if (_node is null)
        {
            var known = _problem.Length == 0 ? "asking Nomad" : $"the node is not known: {_problem}";
            yield return new Line($"{need.Millicores / 1000.0:0.0} cores, {need.Memory} MiB; {known}", Tone.Quiet).Clip(width, work.Glyphs.More);
        }
        else
        {
            var cores = _node.TotalMhz / _node.MhzPerCore;
            var freeCores = _node.FreeMhz / _node.MhzPerCore;
            yield return Bar("cores", cores, cores - freeCores, need.Millicores / 1000.0, width, "0.0");
            yield return Bar("MiB", _node.TotalMemory, _node.TotalMemory - _node.FreeMemory, need.Memory, width, "0");
        }

        yield return Line.Empty;
    }

    private Line Bar(string what, double total, double taken, double need, int width, string format)
    {
        var room = Math.Max(10, width - Label - Numbers);
        var fits = taken + need <= total;
        var (others, ours) = ((int)Math.Round(taken / total * room), (int)Math.Round(Math.Min(need, total - taken) / total * room));
        return new Line(what).To(Label)
            .Add(new string('x', others), Tone.Quiet)
            .Add(string.Concat(Enumerable.Repeat(work.Glyphs.Full, Math.Max(0, ours))), fits ? Tone.Good : Tone.Bad)
            .Add(string.Concat(Enumerable.Repeat(work.Glyphs.Free, Math.Max(0, room - others - Math.Max(0, ours)))), Tone.Quiet)
            .Add(FormattableString.Invariant($" {need.ToString(format, System.Globalization.CultureInfo.InvariantCulture)} of {(total - taken).ToString(format, System.Globalization.CultureInfo.InvariantCulture)} free"), fits ? Tone.Normal : Tone.Bad);
    }
}
