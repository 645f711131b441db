using System.Drawing;
using System.Globalization;
using ErpInstaller.Answers.Interview;
using ErpInstaller.Run;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>
/// The number and size of the containers, with bars that show at each change how they fill the node.
/// </summary>
internal sealed class SizesScreen(ScreenContext work, QuestionPage page, Action next) : Screen
{
    private const int FirstColumn = 18;
    private const int ColumnWidth = 12;
    private const int Digits = 7;

    private static readonly string[] _headings = ["containers", "millicores", "       MiB"];

    // The steps of Page Up and Page Down.
    private static readonly int[] _steps = [1, 100, 128];

    private readonly SizesTable _table = new(page);
    private readonly CapacityPicture _picture = new(work);
    private readonly ListCursor _rows = new();
    private int _column = new SizesTable(page).First.Column;
    private int _typingRow;
    private int _typingColumn;
    private string? _text;
    private string? _problem;

    /// <inheritdoc/>
    public override string Title => page.Title;

    /// <inheritdoc/>
    public override string Step => page.Step;

    /// <inheritdoc/>
    public override string Help =>
        $"""
            {page.Help}

            The bars show the node that runs the containers: used by others, needed by these containers, and free.
            Page Up and Page Down change a number by a step; typing replaces it.
            """;

    /// <inheritdoc/>
    public override IReadOnlyList<Binding> Bindings =>
        [
            new(KeyPress.Enter, "next", Next),
            new(KeyPress.Tab, "number", () => Go(_table.Next(At, 1))),
            new("PgUp/Dn", "change", (KeyPress.PageUp, () => Add(1)), (KeyPress.PageDown, () => Add(-1))),
            new(KeyPress.Esc, "back", Back),
            new("Shift-Tab", "previous number", (KeyPress.Tab.WithShift, () => Go(_table.Next(At, -1))))
            {
                Bar = BarPlace.Help,
            },
            new(
                "arrows",
                "number above or below",
                (KeyPress.CursorDown, () => Go(_table.Below(At, 1))),
                (KeyPress.CursorUp, () => Go(_table.Below(At, -1)))
            )
            {
                Bar = BarPlace.Help,
            },
        ];

    /// <inheritdoc/>
    public override Typing? Typing =>
        new Typing(Here.Key, _typingColumn, _typingRow, Digits + 1, Text, IsSecret: false, Take);

    /// <inheritdoc/>
    public override Line Message =>
        _problem is { } problem ? new Line($"{Here.Label}: {problem}", Tone.Bad) : _picture.Judgement;

    private (int Row, int Column) At => (_rows.At, _column);

    private Question Here => _table.Rows[_rows.At].Cells[_column]!;

    private string Text => _text ?? Here.Get(work.Interview.Answers) ?? "";

    /// <inheritdoc/>
    public override void Entered()
    {
        _rows.Count = _table.Rows.Count;
        _picture.Look();
        Changed();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        List<Line> above = [.. _picture.Draw(area.Width), Line.Empty, Heading()];
        var about = Columns.Wrap(Here.Summary, area.Width).Select(l => new Line(l, Tone.Quiet)).Take(2).ToList();
        List<Line> rows = [.. _table.Rows.Select((r, i) => Draw(r.Group, r.Cells, i == _rows.At))];
        List<Line> seen = [.. _rows.See(rows, area.Height - above.Count - about.Count - 1)];
        _typingRow = above.Count + _rows.At - _rows.First;

        // A typed text starts in the column where the answer started, and grows to the right.
        _typingColumn = _text is null ? EndOf(_column) - Text.Length : _typingColumn;
        return [.. above, .. seen, Line.Empty, .. about];
    }

    private static int ColumnOf(int column) => FirstColumn + (column * ColumnWidth);

    private static int EndOf(int column) => ColumnOf(column) + _headings[column].Length;

    private static Line Heading()
    {
        var line = new Line("  group", Tone.Quiet);
        for (var column = 0; column < _headings.Length; column++)
        {
            line.Pad(ColumnOf(column)).Add(_headings[column], Tone.Quiet);
        }

        return line;
    }

    private Line Draw(string group, Question?[] cells, bool here)
    {
        var line = new Line(here ? work.Glyphs.Pointer : " ", Tone.Accent).Add(" ").Add(group);
        for (var column = 0; column < cells.Length; column++)
        {
            var question = cells[column];
            var text = question?.Get(work.Interview.Answers) ?? "1";
            var typed = here && column == _column;
            line.Pad(EndOf(column) - text.Length)
                .Add(
                    typed ? new string(' ', text.Length) : text,
                    question is null || question.Get(work.Interview.Answers) == question.Default
                        ? Tone.Quiet
                        : Tone.Normal
                );
        }

        return line;
    }

    private void Take(string text)
    {
        _text = text;
        if (int.TryParse(text, CultureInfo.InvariantCulture, out _))
        {
            work.Interview.Type(Here.Set(work.Interview.Answers, text));
        }

        Changed();
    }

    private void Add(int steps)
    {
        if (int.TryParse(Text, CultureInfo.InvariantCulture, out var number))
        {
            var changed = Math.Clamp(number + (steps * _steps[_column]), Here.Least, Here.Most);
            Take(changed.ToString(CultureInfo.InvariantCulture));
        }
    }

    private void Go((int Row, int Column) place)
    {
        Keep();
        Mark(place);
    }

    private void Mark((int Row, int Column) place)
    {
        _rows.Go(place.Row);
        _column = place.Column;
        Changed();
    }

    private void Back()
    {
        Keep();
        work.Navigator.Back();
    }

    private void Keep()
    {
        _text = null;
        work.Interview.Keep();
    }

    private void Changed()
    {
        _problem = work.Interview.Questionnaire.Problem(work.Interview.Answers, Here, Text);
        _picture.Judge();
    }

    private void Next()
    {
        if (_problem is not null)
        {
            return;
        }

        Keep();
        if (_table.Find(q => work.Interview.Questionnaire.Problem(work.Interview.Answers, q) is not null) is { } wrong)
        {
            Mark(wrong);
        }
        else
        {
            next();
        }
    }
}
