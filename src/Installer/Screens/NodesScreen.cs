using System.Drawing;
using ErpInstaller.Core.Ids;
using ErpInstaller.HostChecks;
using ErpInstaller.HostChecks.Checks;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Run;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>Nomad's nodes with their free resources. The operator chooses one.</summary>
internal sealed class NodesScreen(ScreenContext work) : Screen
{
    /// <summary>The question that it answers.</summary>
    public const string Question = "nomad.node";

    private readonly ChoiceList _nodes = new();
    private string? _problem;
    private bool _isAnswered;

    /// <inheritdoc/>
    public override string Title => "Which node runs it?";

    /// <inheritdoc/>
    public override string Step => StepId.Deployment;

    /// <inheritdoc/>
    public override string Help =>
        "Free: not reserved by other jobs or the system. The image is built on this host, so the node "
        + "must be this host, unless the image is pushed to a registry.";

    /// <inheritdoc/>
    public override IReadOnlyList<Binding> Bindings =>
        [.. _nodes.Bindings("take"), new(KeyPress.Esc, "back", work.Navigator.Back)];

    /// <inheritdoc/>
    public override Line Message =>
        _problem is not null ? new Line(_problem, Tone.Bad)
        : !_isAnswered ? new Line("asking Nomad", Tone.Quiet)
        : _nodes.Choices.Count == 0
            ? new Line("Nomad lists no node: no client has joined yet, or the token lacks node:read.", Tone.Warning)
        : Line.Empty;

    /// <inheritdoc/>
    public override void Entered()
    {
        var installation = work.Open();
        work.Begin(
            async stop =>
            {
                var rows = await installation.World.Nomad.ListNodesAsync(stop);
                return await Task.WhenAll(
                    rows.Select(async r => (Row: r, Free: await FreeAsync(installation, r.Name, stop)))
                );
            },
            found =>
            {
                _isAnswered = true;
                var width = found.Select(f => f.Row.Name.Length).DefaultIfEmpty().Max();
                _nodes.Choices =
                [
                    .. found.Select(f => new Choice(
                        $"{f.Row.Name.PadRight(width)}  {f.Row.Address}  {f.Row.Status}",
                        f.Free,
                        () => Take(f.Row.Name)
                    )),
                ];
            },
            e => _problem = e.Message
        );
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area) => [.. _nodes.Draw(area, work.Glyphs)];

    private async Task<string> FreeAsync(Installation installation, string node, CancellationToken cancellation)
    {
        var answers = installation.Settings.Answers;
        var onNode = installation.With(answers with { Nomad = answers.Nomad with { Node = node } });
        var facts = await HostCheckup.CollectAsync(
            onNode.ContextOf(new HostChecksStep()),
            [new NomadCapacityCheck()],
            previous: null,
            cancellation
        );
        return facts.Find<NomadCapacityFact>() is { } fact ? Words(fact) : facts.Unknown.Values.FirstOrDefault() ?? "";
    }

    private string Words(NomadCapacityFact fact)
    {
        var cores = FormattableString.Invariant(
            $"{fact.FreeMhz / fact.MhzPerCore:0.0} of {fact.TotalMhz / fact.MhzPerCore:0.0} cores"
        );
        var free = $"{cores} and {fact.FreeMemory} of {fact.TotalMemory} MiB free";
        return fact.Others is not null ? free
            : NomadCapacityCheck.Lacks(fact, ContainerNeed.Serving(work.Interview.Answers)) is { } lacking
                ? $"{free}: {lacking}"
            : $"{free}: it fits";
    }

    private void Take(string node)
    {
        work.Interview.Keep(work.Interview.Answers with { Nomad = work.Interview.Answers.Nomad with { Node = node } });
        work.Navigator.Back();
    }
}
