using System.Drawing;
using System.Globalization;
using ErpInstaller.Answers;
using ErpInstaller.Answers.Interview;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>A page of questions as a form. Every question has a default; Enter accepts them all.</summary>
internal sealed class QuestionScreen(ScreenContext work, QuestionPage page, Action next) : Screen
{
    // The minimum number of rows below the form.
    private const int MinBelow = 4;

    // The number of questions that Page Up and Page Down pass.
    private const int PageSize = 5;

    private readonly ListCursor _cursor = new();
    private IReadOnlyList<Question> _asked = [];
    private int _row;
    private int _width = 40;
    private string? _text;
    private string _names = "";
    private QuestionNotes? _notes;

    /// <inheritdoc/>
    public override string Title => page.Title;

    /// <inheritdoc/>
    public override string Step => page.Step;

    /// <inheritdoc/>
    public override string Help =>
        $"""
            {page.Help}

            Type a secret, or say where it is: env:NAME is an environment variable, file:/path a file that only its
            owner can read. A typed secret goes to a separate file, never into the answers.


            """ + string.Join("\n\n", _asked.Select(q => $"{q.Label}: {q.Summary}"));

    /// <inheritdoc/>
    public override IReadOnlyList<Binding> Bindings =>
        [
            new(KeyPress.Enter, "next", Next),
            new(KeyPress.Esc, "back", Back),
            new(KeyPress.Tab, Here.Kind == QuestionKind.Path ? "complete" : "field", Tab) { Bar = BarPlace.End },
            new("arrows", "field", (KeyPress.CursorDown, () => Move(1)), (KeyPress.CursorUp, () => Move(-1)))
            {
                Bar = Here.Kind == QuestionKind.Path ? BarPlace.End : BarPlace.Help,
            },
            new(
                "left/right",
                "choose",
                (KeyPress.CursorRight, () => Choose(1)),
                (KeyPress.CursorLeft, () => Choose(-1))
            )
            {
                When = Here.Kind == QuestionKind.Choice,
                Bar = BarPlace.End,
            },
            new(KeyPress.Space, "next choice", () => Choose(1))
            {
                When = Here.Kind == QuestionKind.Choice,
                Bar = BarPlace.Help,
            },
            new(KeyPress.F2, "nodes", ShowNodes) { When = Here.Key == NodesScreen.Question, Bar = BarPlace.End },
            new("Shift-Tab", "previous field", (KeyPress.Tab.WithShift, () => MoveAround(-1))) { Bar = BarPlace.Help },
            new(
                "PgUp/PgDn",
                $"{PageSize} fields",
                (KeyPress.PageDown, () => Move(PageSize)),
                (KeyPress.PageUp, () => Move(-PageSize))
            )
            {
                Bar = BarPlace.Help,
            },
        ];

    /// <inheritdoc/>
    public override Typing? Typing =>
        Here.Kind == QuestionKind.Choice
            ? null
            : new Typing(
                Here.Key,
                FormLines.Value,
                _row,
                Math.Max(10, _width - FormLines.Value - 1),
                Text,
                IsHidden(Text),
                Take
            );

    private Question Here => _asked[_cursor.At];

    private string Text => _text ?? Here.Get(work.Interview.Answers) ?? "";

    /// <inheritdoc/>
    public override void Entered() => Look();

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        _width = area.Width;
        var questions = _asked
            .Select((q, i) => FormLines.Draw(q, work.Interview.Answers, i == _cursor.At, area.Width, work.Glyphs))
            .ToList();
        var at = questions.Take(_cursor.At).Sum(l => l.Count);
        List<Line> form = [.. questions.SelectMany(l => l)];
        List<Line> seen = [.. _cursor.See(form, at, area.Height - MinBelow - 1), Line.Empty];
        _row = at - _cursor.First;
        return [.. seen, .. _notes!.Draw(_names, area.Width).Take(area.Height - seen.Count)];
    }

    private bool IsHidden(string text) => Here.IsSecret(text);

    private void Take(string text)
    {
        (_text, _names) = (text, "");
        if (Here.Kind != QuestionKind.Number || int.TryParse(text, CultureInfo.InvariantCulture, out _))
        {
            work.Interview.Type(Here.Set(work.Interview.Answers, text));
        }

        Look();
    }

    private void Choose(int step)
    {
        var words = Here.Choices(work.Interview.Answers).Select(c => c.Value).ToList();
        var index = words.IndexOf(Text) + step;
        work.Interview.Type(Here.Set(work.Interview.Answers, words[(index + words.Count) % words.Count]));
        Keep();
        Look();
    }

    private void Move(int step)
    {
        Keep();
        _cursor.Move(step);
        Look();
    }

    // The first field comes after the last.
    private void MoveAround(int step) => Move(((_cursor.At + step + _asked.Count) % _asked.Count) - _cursor.At);

    private void ShowNodes()
    {
        Keep();
        work.Navigator.Open(new NodesScreen(work));
    }

    private void Back()
    {
        Keep();
        work.Navigator.Back();
    }

    // Reads questions, problems and files when an answer changes, not when the screen is drawn.
    private void Look()
    {
        _asked = [.. page.Questions.Where(q => q.Applies(work.Interview.Answers))];
        _cursor.Count = _asked.Count;
        _notes = new QuestionNotes(work, page, Here, Text);
    }

    private void Tab()
    {
        if (Here.Kind != QuestionKind.Path || !Complete())
        {
            MoveAround(1);
        }
    }

    // As in a shell: first the common start, then the list of names. False if neither changes anything.
    private bool Complete()
    {
        var longer = PathCompletion.Complete(Text);
        var names = string.Join(' ', PathCompletion.Names(longer));
        var isNew = longer != Text || names != _names;
        Take(longer);
        _names = names;
        return isNew;
    }

    // Moves a typed secret out of the answers: the answer then names the file that holds it.
    private void Keep()
    {
        (_text, _names) = (null, "");
        work.Interview.Keep();
    }

    private void Next()
    {
        if (_notes?.Problem is not null)
        {
            return;
        }

        Keep();
        var wrong = _asked
            .ToList()
            .FindIndex(q => work.Interview.Questionnaire.Problem(work.Interview.Answers, q) is not null);
        if (wrong >= 0)
        {
            _cursor.Go(wrong);
            Look();
        }
        else if (work.Interview.IsKept())
        {
            next();
        }
    }
}
