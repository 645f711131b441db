using System.Drawing;
using ErpInstaller.Answers;
using ErpInstaller.Engine;
using ErpInstaller.Questions;
using ErpInstaller.Screens.Drawing;
using Terminal.Gui.Input;

namespace ErpInstaller.Screens;

/// <summary>A page of questions as a form. Every question has an answer already; Enter takes them all.</summary>
internal sealed class QuestionScreen(Workspace work, QuestionPage page, Action next, IFormPicture? picture = null) : Screen
{
    private const int Value = 25;
    private const int ExplainLines = 4;

    private int _at;
    private int _first;
    private int _row;
    private int _width = 40;
    private string? _text;
    private string? _kept;

    /// <inheritdoc/>
    public override string Title => page.Title;

    /// <inheritdoc/>
    public override string Step => page.Step;

    /// <inheritdoc/>
    public override string Help => page.Help + "\nA secret is typed, or named where it is: env:NAME is an environment variable, file:/path a file that only its owner can read. A typed one is kept in a file of its own, never among the answers."
        + string.Concat(Asked.Select(q => $"\n{q.Label}: {q.Summary}"));

    /// <inheritdoc/>
    public override IReadOnlyList<KeyHint> Keys => Here.Kind switch
    {
        QuestionKind.Choice => [new("Enter", "next"), new("Tab", "field"), new("left/right", "choose"), new("Esc", "back")],
        QuestionKind.Path => [new("Enter", "next"), new("Tab", "complete"), new("arrows", "field"), new("Esc", "back")],
        _ when Here.Key == NodesScreen.Question => [new("Enter", "next"), new("Tab", "field"), new("F2", "nodes"), new("Esc", "back")],
        _ => [new("Enter", "next"), new("Tab", "field"), new("Esc", "back")],
    };

    /// <inheritdoc/>
    public override Typing? Typing => Here.Kind == QuestionKind.Choice
        ? null
        : new Typing(Here.Key, Value, _row, Math.Max(10, _width - Value - 1), Text, IsHidden(Text), text => Take(text));

    /// <inheritdoc/>
    public override Line Message => Problem is null ? Line.Empty : new Line($"{Here.Label}: see above", Tone.Bad);

    private string? Problem => _kept ?? work.Questionnaire.Problem(work.Answers, Here, Text);

    private List<Question> Asked => [.. page.Questions.Where(q => q.Applies(work.Answers))];

    private Question Here => Asked[Math.Clamp(_at, 0, Asked.Count - 1)];

    private string Text => _text ?? Here.Get(work.Answers) ?? "";

    /// <inheritdoc/>
    public override void Entered() => picture?.Look();

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        var above = picture?.Draw(area.Width).ToList() ?? [];
        var room = area.Height - above.Count - ExplainLines - 1;
        _width = area.Width;
        _first = Scroll.Follow(_first, _at, Asked.Count, room);
        _row = above.Count + _at - _first;
        List<Line> lines = [.. above, .. Asked.Select(Draw).Skip(_first).Take(room)];
        while (lines.Count < area.Height - ExplainLines)
        {
            lines.Add(Line.Empty);
        }

        return [.. lines, .. Explain(area.Width).Take(ExplainLines)];
    }

    /// <inheritdoc/>
    public override bool OnKey(Key key)
    {
        if (key == Key.Enter)
        {
            Next();
        }
        else if (key == Key.Tab && Here.Kind == QuestionKind.Path && PathCompletion.Complete(Text) is { } longer && longer != Text)
        {
            Take(longer);
        }
        else if (key == Key.CursorDown || key == Key.Tab)
        {
            Move(1);
        }
        else if (key == Key.CursorUp || key == Key.Tab.WithShift)
        {
            Move(-1);
        }
        else if (key == Key.PageDown || key == Key.PageUp)
        {
            Move(key == Key.PageDown ? 5 : -5);
        }
        else if (Here.Kind == QuestionKind.Choice && (key == Key.CursorLeft || key == Key.CursorRight || key == Key.Space))
        {
            Choose(key == Key.CursorLeft ? -1 : 1);
        }
        else if (key == Key.F2 && Here.Key == NodesScreen.Question)
        {
            work.Navigator.Open(new NodesScreen(work));
        }
        else if (key == Key.Esc)
        {
            Keep();
            return false;
        }
        else
        {
            return false;
        }

        return true;
    }

    private static bool IsReference(string text) =>
        text.StartsWith("env:", StringComparison.Ordinal) || text.StartsWith("file:", StringComparison.Ordinal);

    private bool IsHidden(string text) => Here.Kind == QuestionKind.Secret && !IsReference(text);

    private Line Draw(Question question, int index)
    {
        var here = index == _at;
        var line = new Line(here ? work.Glyphs.Pointer : " ", Tone.Accent).Add(" ").Add(question.Label, here ? Tone.Strong : Tone.Normal).To(Value - 1);
        var shown = question.Shown(work.Answers);
        return question.Kind == QuestionKind.Choice && here
            ? line.Add($"{work.Glyphs.Left}{shown}{work.Glyphs.Right}", Tone.Accent)
            : line.Add(" ").Add(here ? "" : shown, question.Get(work.Answers) == question.Default ? Tone.Quiet : Tone.Normal);
    }

    private IEnumerable<Line> Explain(int width)
    {
        if (Problem is { } problem)
        {
            return Columns.Wrap(problem, width).Select(l => new Line(l, Tone.Bad));
        }

        var lines = Columns.Wrap(Here.Summary, width).Select(l => new Line(l, Tone.Quiet)).Take(2);
        if (Here.Kind == QuestionKind.Choice)
        {
            var chosen = Here.Choices(work.Answers).FirstOrDefault(c => c.Value == Text);
            return lines.Concat(Columns.Wrap(chosen?.Explanation ?? "", width).Select(l => new Line(l)));
        }

        if (Here.Key.StartsWith("certificate.", StringComparison.Ordinal))
        {
            var findings = GivenCertificate.Findings(work.Answers, work.Time.GetUtcNow());
            return lines.Concat(findings.Select(f => new Line($"{f.Message}", Tone.Bad).Clip(width, work.Glyphs.More)));
        }

        return Here.Kind == QuestionKind.Secret ? lines.Append(new Line($"Typed, or env:{Here.Variable}, or file:/path", Tone.Quiet)) : lines;
    }

    private void Take(string text)
    {
        (_text, _kept) = (text, null);
        if (Here.Kind != QuestionKind.Number || int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _))
        {
            work.Answers = Here.Set(work.Answers, text);
        }
    }

    private void Choose(int step)
    {
        var words = Here.Choices(work.Answers).Select(c => c.Value).ToList();
        var index = words.IndexOf(Text) + step;
        work.Answers = Here.Set(work.Answers, words[(index + words.Count) % words.Count]);
        Keep();
    }

    private void Move(int step)
    {
        Keep();
        _at = Math.Clamp(_at + step, 0, Asked.Count - 1);
    }

    // Typed secrets leave the answers here: from now on the file that holds them is the answer.
    private void Keep()
    {
        _text = null;
        try
        {
            work.Keep();
        }
        catch (StateDirectoryUnusable e)
        {
            _kept = $"{e.Message}. {e.Hint}";
        }
    }

    private void Next()
    {
        if (work.Questionnaire.Problem(work.Answers, Here, Text) is not null)
        {
            return;
        }

        Keep();
        var wrong = Asked.FindIndex(q => work.Questionnaire.Problem(work.Answers, q) is not null);
        if (wrong >= 0)
        {
            _at = wrong;
        }
        else if (_kept is null)
        {
            next();
        }
    }
}
