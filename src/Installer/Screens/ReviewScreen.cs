using System.Drawing;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>All answers and everything that will be done, before anything is. After it nothing is asked.</summary>
internal sealed class ReviewScreen(Workspace work, ScreenFlow flow) : Screen
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
    private IReadOnlyList<string> _problems = [];
    private bool _isPlanned;
    private string _looking = "";
    private int _first;
    private int _height = 1;
    private int _count;
    private int _plans;
    private int _round;

    /// <inheritdoc/>
    public override string Title => "Review: nothing is changed yet";

    /// <inheritdoc/>
    public override string Help =>
        """
            Above: what you answered. Below: what will be done, step by step, as the real Docker and Nomad were just asked. + is made, ~ changed in place, -/+ replaced, - removed.
            Tab leads from the answers to the plan and back. Enter installs. After that nothing is asked; the installation goes on without this screen too. Esc goes back.
            """;

    /// <summary>The whole width: what scrolls is whole rows then, which a terminal moves by itself.</summary>
    public override bool IsWide => true;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyHint> Keys =>
        _isPlanned && _problems.Count == 0
            ?
            [
                new("Enter", work.Rehearse ? "rehearse" : "install"),
                new("Tab", "the plan"),
                new("r", "again"),
                new("Esc", "back"),
            ]
            : [new("Esc", "back"), new("Tab", "the plan"), new("r", "again")];

    /// <inheritdoc/>
    public override Line Message =>
        (_problems.Count, _isPlanned) switch
        {
            (> 0, _) => new Line(
                $"It cannot be {(work.Rehearse ? "rehearsed" : "installed")} so: mend what stands above, Esc leads back.",
                Tone.Bad
            ),
            (_, false) => new Line($"planning {_looking}", Tone.Quiet),
            _ when Failing is > 0 and var checks => new Line(
                $"{checks} host {(checks == 1 ? "check stands" : "checks stand")} in the way. Mend or accept {(checks == 1 ? "it" : "them")}; Enter would stop there.",
                Tone.Bad
            ),
            _ => new Line(
                $"Plan: {Changes()}. Enter {(work.Rehearse ? "rehearses" : "installs")}{(_count > _height + _first ? $"; {_count - _height - _first} more lines below" : "")}",
                Tone.Good
            ),
        };

    // Host checks at which the installation would stop; of the steps after them nothing is known yet.
    private int Failing => _plan.FirstOrDefault(p => p.Step == StepId.HostChecks)?.Changes.Count ?? 0;

    /// <inheritdoc/>
    public override void Entered() => Plan();

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        // What is in the way comes first: it would be below the answers' end on a small terminal.
        List<Line> lines =
        [
            .. _problems.SelectMany(p => Columns.Wrap(p, area.Width)).Select(p => new Line(p, Tone.Bad)),
            .. _problems.Take(1).Select(_ => Line.Empty),
            new Line("Your answers", Tone.Strong),
            .. work.Summary()
                .SelectMany(a =>
                    Columns
                        .Wrap(a.Value, area.Width - Value)
                        .Select((l, i) => new Line(i == 0 ? a.Label : "", Tone.Quiet).Pad(Value).Add(l))
                ),
            Line.Empty,
        ];
        _plans = lines.Count;
        lines.Add(new Line("What will be done", Tone.Strong));
        lines.AddRange(_plan.SelectMany(p => PlanTree.Draw(p, work.Glyphs, area.Width)));
        (_count, _height) = (lines.Count, area.Height);
        _first = Math.Clamp(_first, 0, Math.Max(0, _count - _height));
        return [.. lines.Skip(_first)];
    }

    /// <inheritdoc/>
    public override bool OnKey(KeyPress key)
    {
        if (key == KeyPress.Enter)
        {
            if (_isPlanned && _problems.Count == 0)
            {
                flow.Install();
            }
        }
        else if (key == KeyPress.Letter('r'))
        {
            Plan();
        }
        else if (Scrolled(key) is { } step)
        {
            _first += step;
        }
        else
        {
            return false;
        }

        return true;
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

    private int? Scrolled(KeyPress key) =>
        key switch
        {
            _ when key == KeyPress.Tab => (_first < _plans ? _plans : 0) - _first,
            _ when key == KeyPress.Home => -_first,
            _ when key == KeyPress.End => _count,
            _ when key == KeyPress.CursorDown => 1,
            _ when key == KeyPress.CursorUp => -1,
            _ when key == KeyPress.PageDown => _height - 1,
            _ when key == KeyPress.PageUp => 1 - _height,
            _ => null,
        };

    private void Plan()
    {
        // What an earlier look still tells is of other answers.
        var round = ++_round;
        (_isPlanned, _problems, _looking) = (false, [], "");
        _plan.Clear();
        _problems =
        [
            .. work
                .Questionnaire.Problems(work.Answers)
                .Select(p => $"{p.Key}: {p.Problem}{(p.Suggestion is { } s ? $"; {s}" : "")}"),
        ];
        if (_problems.Count == 0)
        {
            var installation = work.Open(work.SettledText(), e => Take(e, round));
            work.Begin(
                new Planner(installation).PlanAsync,
                _ => _isPlanned |= round == _round,
                e => _problems = round == _round ? Told(e) : _problems
            );
        }
    }

    // Where the details tell all that is wrong, the message is the first of them.
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
