using System.Drawing;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Lines;
using ErpInstaller.Run;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>
/// All answers and the whole plan, before anything is changed. After it the installer asks nothing more.
/// </summary>
internal sealed class ReviewScreen(ScreenContext work, ScreenFlow flow) : Screen
{
    private static readonly (ChangeKind Kind, string Does)[] _words =
    [
        (ChangeKind.Create, "make"),
        (ChangeKind.Update, "change"),
        (ChangeKind.Replace, "replace"),
        (ChangeKind.Destroy, "remove"),
    ];

    private const int Value = 23;

    private readonly List<StepPlanned> _plan = [];
    private readonly ScrolledText _text = new();
    private IReadOnlyList<(string Label, string Value)> _answers = [];
    private IReadOnlyList<string> _problems = [];
    private bool _isPlanned;
    private string _looking = "";
    private int _plans;
    private int _round;

    /// <inheritdoc/>
    public override string Title => "Review: nothing is changed yet";

    /// <inheritdoc/>
    public override string Help =>
        $"""
            First your answers, then the plan, step by step, from the present state of Docker and Nomad.

            {PlanLines.Legend}.

            Tab jumps from the answers to the plan and back. Enter installs and asks nothing more; the installation
            does not need this screen. Esc goes back.
            """;

    /// <summary>Wide, because the terminal can scroll whole rows by itself.</summary>
    public override bool IsWide => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Binding> Bindings =>
        [
            new(KeyPress.Enter, work.Rehearse ? "rehearse" : "install", flow.Install)
            {
                When = _isPlanned && _problems.Count == 0,
            },
            new(KeyPress.Tab, "the plan", () => _text.Go(_text.Top < _plans ? _plans : 0)),
            new(KeyPress.Letter('r'), "again", Plan),
            new(KeyPress.Esc, "back", work.Navigator.Back),
            .. _text.Bindings(BarPlace.Help),
        ];

    /// <inheritdoc/>
    public override Line Message =>
        (_problems.Count, _isPlanned) switch
        {
            (> 0, _) => new Line(
                $"It cannot be {(work.Rehearse ? "rehearsed" : "installed")} yet: fix the above, Esc goes back.",
                Tone.Bad
            ),
            (_, false) => new Line($"planning {_looking}", Tone.Quiet),
            _ when Failing is > 0 and var checks => new Line(
                checks == 1
                    ? "1 host check fails. Fix or accept it; Enter would stop there."
                    : $"{checks} host checks fail. Fix or accept them; Enter would stop there.",
                Tone.Bad
            ),
            _ => new Line(
                $"Plan: {Changes()}. Enter {(work.Rehearse ? "rehearses" : "installs")}"
                    + (_text.Below > 0 ? $"; {_text.Below} more lines below" : ""),
                Tone.Good
            ),
        };

    // The failed host checks. The installation would stop there, so the steps after them are not planned.
    private int Failing => _plan.FirstOrDefault(p => p.Step == StepId.HostChecks)?.Changes.Count ?? 0;

    /// <inheritdoc/>
    public override void Entered() => Plan();

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        // Problems come first: below the answers a small terminal would not show them.
        List<Line> lines =
        [
            .. _problems.SelectMany(p => Columns.Wrap(p, area.Width)).Select(p => new Line(p, Tone.Bad)),
            .. _problems.Take(1).Select(_ => Line.Empty),
            new Line("Your answers", Tone.Strong),
            .. _answers.SelectMany(a =>
                Columns
                    .Wrap(a.Value, area.Width - Value)
                    .Select((l, i) => new Line(i == 0 ? a.Label : "", Tone.Quiet).Pad(Value).Add(l))
            ),
            Line.Empty,
        ];
        _plans = lines.Count;
        lines.Add(new Line("The plan", Tone.Strong));
        lines.AddRange(_plan.SelectMany(p => PlanTree.Draw(p, work.Glyphs, area.Width)));
        return _text.Draw(lines, area.Height);
    }

    private string Changes()
    {
        var all = _plan.SelectMany(p => p.Changes).GroupBy(c => c.Kind).ToDictionary(g => g.Key, g => g.Count());
        var told = string.Join(
            ", ",
            _words.Where(w => all.ContainsKey(w.Kind)).Select(w => $"{all[w.Kind]} to {w.Does}")
        );
        return told.Length == 0 ? "nothing changes" : told;
    }

    private void Plan()
    {
        // An earlier plan that is still being made may be about other answers.
        var round = ++_round;
        _answers = [.. work.Interview.Summary()];
        (_isPlanned, _problems, _looking) = (false, [], "");
        _plan.Clear();
        _problems = [.. work.Interview.Problems.Select(p => p.InAnswers)];
        if (_problems.Count == 0)
        {
            var installation = work.Open(e => Take(e, round), isAnew: true);
            work.Begin(
                new Planner(installation).PlanAsync,
                _ => _isPlanned |= round == _round,
                e => _problems = round == _round ? Told(e) : _problems
            );
        }
    }

    // If the details list all problems, the message only repeats the first of them.
    private IReadOnlyList<string> Told(InstallerException e) =>
        e.Details.Any(d => d.StartsWith(e.Message, StringComparison.Ordinal))
            ? e.Details
            : [e.Message, work.Commands.In(e.Hint), .. e.Details];

    private void Take(EngineEvent happened, int round)
    {
        switch (happened)
        {
            case var _ when round != _round:
                break;
            case StepPlanned plan:
                _plan.Add(plan);
                break;
            case Progress progress:
                _looking = $"{progress.Step}: {progress.Text}";
                break;
        }
    }
}
