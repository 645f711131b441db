using System.Drawing;
using ErpInstaller.Engine;
using ErpInstaller.Screens.Drawing;
using Terminal.Gui.Input;

namespace ErpInstaller.Screens;

/// <summary>All answers and everything that will be done, before anything is. After it nothing is asked.</summary>
internal sealed class ReviewScreen(Workspace work, Journey journey) : Screen
{
    private readonly List<StepPlanned> _plan = [];
    private IReadOnlyList<string> _problems = [];
    private bool _isPlanned;
    private string _looking = "";
    private int _first;
    private int _height = 1;
    private int _count;

    /// <inheritdoc/>
    public override string Title => "Review: nothing is changed yet";

    /// <inheritdoc/>
    public override string Help =>
        """
        Above: what you answered. Below: what will be done, step by step, as the real Docker and Nomad were just asked. + is made, ~ changed in place, -/+ replaced, - removed.
        Enter installs. After that nothing is asked; the installation goes on without this screen too. Esc goes back to the answers.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyHint> Keys => _isPlanned && _problems.Count == 0
        ? [new("Enter", work.Rehearse ? "rehearse" : "install"), new("Esc", "back"), new("arrows", "scroll"), new("r", "again")]
        : [new("Esc", "back"), new("arrows", "scroll"), new("r", "again")];

    /// <inheritdoc/>
    public override Line Message => (_problems.Count, _isPlanned) switch
    {
        (> 0, _) => new Line(_problems[0], Tone.Bad),
        (_, false) => new Line($"planning {_looking}", Tone.Quiet),
        _ => new Line(_count > _height ? $"Enter installs; {_count - _height - _first} more lines below" : "Enter installs", Tone.Good),
    };

    /// <inheritdoc/>
    public override void Entered() => Plan();

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        List<Line> lines =
        [
            .. work.Summary().Select(a => new Line(a.Label, Tone.Quiet).To(24).Add(a.Value).Clip(area.Width, work.Glyphs.More)),
            Line.Empty,
            .. _problems.SelectMany(p => Columns.Wrap(p, area.Width)).Select(p => new Line(p, Tone.Bad)),
            .. _plan.SelectMany(p => PlanTree.Draw(p, work.Glyphs, area.Width)),
        ];
        (_count, _height) = (lines.Count, area.Height);
        _first = Math.Clamp(_first, 0, Math.Max(0, _count - _height));
        return [.. lines.Skip(_first)];
    }

    /// <inheritdoc/>
    public override bool OnKey(Key key)
    {
        if (key == Key.Enter)
        {
            if (_isPlanned && _problems.Count == 0)
            {
                journey.Install();
            }
        }
        else if (key == Key.R)
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

    private int? Scrolled(Key key) => key switch
    {
        _ when key == Key.CursorDown => 1,
        _ when key == Key.CursorUp => -1,
        _ when key == Key.PageDown => _height - 1,
        _ when key == Key.PageUp => 1 - _height,
        _ => null,
    };

    private void Plan()
    {
        (_isPlanned, _problems, _looking) = (false, [], "");
        _plan.Clear();
        _problems = [.. work.Questionnaire.Problems(work.Answers).Select(p => $"{p.Key}: {p.Problem}{(p.Suggestion is { } s ? $"; {s}" : "")}")];
        if (_problems.Count == 0)
        {
            var installation = work.Open(work.SettledText(), Take);
            work.Begin(new Planner(installation).PlanAsync, _ => _isPlanned = true, e => _problems = [e.Message, e.Hint, .. e.Details]);
        }
    }

    private void Take(EngineEvent happened)
    {
        switch (happened)
        {
            case StepPlanned plan: _plan.Add(plan); break;
            case Progress progress: _looking = $"{progress.Step}: {progress.Text}"; break;
        }
    }
}
