using System.Drawing;
using System.Globalization;
using ErpInstaller.Answers.Interview;
using ErpInstaller.Run;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>How many containers there are and how large, and the node filling up with them while the numbers change.</summary>
internal sealed class SizesScreen(Workspace work, QuestionPage page, Action next) : Screen
{
    private const int First = 18;
    private const int Wide = 12;
    private const int Digits = 7;

    private static readonly string[] _headings = ["containers", "millicores", "       MiB"];

    // What Page Up and Page Down add and take away.
    private static readonly int[] _steps = [1, 100, 128];

    private readonly SizesTable _table = new(page);
    private readonly CapacityPicture _picture = new(work);
    private (int Row, int Column) _at = new SizesTable(page).Next((0, 0), 0);
    private int _first;
    private int _row;
    private int _begin;
    private string? _text;

    /// <inheritdoc/>
    public override string Title => page.Title;

    /// <inheritdoc/>
    public override string Step => page.Step;

    /// <inheritdoc/>
    public override string Help =>
        page.Help
        + "\nThe bars are the node that runs it: what others hold there, what these containers take, what stays free. Page Up and Page Down change a number by a step; typing replaces it.";

    /// <inheritdoc/>
    public override IReadOnlyList<KeyHint> Keys =>
        [new("Enter", "next"), new("Tab", "number"), new("PgUp/Dn", "change"), new("Esc", "back")];

    /// <inheritdoc/>
    public override Typing? Typing => new Typing(Here.Key, _begin, _row, Digits + 1, Text, IsSecret: false, Take);

    /// <inheritdoc/>
    public override Line Message =>
        Problem is { } problem ? new Line($"{Here.Label}: {problem}", Tone.Bad) : _picture.Judgement;

    private Question Here => _table.Rows[_at.Row].Cells[_at.Column]!;

    private string Text => _text ?? Here.Get(work.Answers) ?? "";

    private string? Problem => work.Questionnaire.Problem(work.Answers, Here, Text);

    /// <inheritdoc/>
    public override void Entered() => _picture.Look();

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        List<Line> lines = [.. _picture.Draw(area.Width), Line.Empty, Heading()];
        var about = Columns.Wrap(Here.Summary, area.Width).Select(l => new Line(l, Tone.Quiet)).Take(2).ToList();
        var room = area.Height - lines.Count - about.Count - 1;
        _first = Scroll.Follow(_first, _at.Row, _table.Rows.Count, room);
        _row = lines.Count + _at.Row - _first;
        _begin = _text is null ? EndOf(_at.Column) - Text.Length : _begin;
        lines.AddRange(_table.Rows.Select((r, i) => Draw(r.Group, r.Cells, i == _at.Row)).Skip(_first).Take(room));
        return [.. lines, Line.Empty, .. about];
    }

    /// <inheritdoc/>
    public override bool OnKey(KeyPress key)
    {
        if (key == KeyPress.Enter)
        {
            Next();
        }
        else if (key == KeyPress.Tab || key == KeyPress.Tab.WithShift)
        {
            Go(_table.Next(_at, key == KeyPress.Tab ? 1 : -1));
        }
        else if (key == KeyPress.CursorDown || key == KeyPress.CursorUp)
        {
            Go(_table.Below(_at, key == KeyPress.CursorDown ? 1 : -1));
        }
        else if (key == KeyPress.PageUp || key == KeyPress.PageDown)
        {
            Add(key == KeyPress.PageUp ? _steps[_at.Column] : -_steps[_at.Column]);
        }
        else
        {
            Keep();
            return false;
        }

        return true;
    }

    private static int ColumnOf(int column) => First + (column * Wide);

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
            var text = question?.Get(work.Answers) ?? "1";
            var typed = here && column == _at.Column;
            line.Pad(EndOf(column) - text.Length)
                .Add(
                    typed ? new string(' ', text.Length) : text,
                    question is null || question.Get(work.Answers) == question.Default ? Tone.Quiet : Tone.Normal
                );
        }

        return line;
    }

    private void Take(string text)
    {
        _text = text;
        if (int.TryParse(text, CultureInfo.InvariantCulture, out _))
        {
            work.Answers = Here.Set(work.Answers, text);
        }
    }

    private void Add(int step)
    {
        if (int.TryParse(Text, CultureInfo.InvariantCulture, out var number))
        {
            Take(Math.Clamp(number + step, Here.Least, Here.Most).ToString(CultureInfo.InvariantCulture));
        }
    }

    private void Go((int Row, int Column) place)
    {
        Keep();
        _at = place;
    }

    private void Keep()
    {
        _text = null;
        work.Keep();
    }

    private void Next()
    {
        if (Problem is not null)
        {
            return;
        }

        Keep();
        foreach (
            var (row, column) in from row in Enumerable.Range(0, _table.Rows.Count)
            from column in Enumerable.Range(0, _headings.Length)
            select (row, column)
        )
        {
            if (
                _table.Rows[row].Cells[column] is { } question
                && work.Questionnaire.Problem(work.Answers, question) is not null
            )
            {
                _at = (row, column);
                return;
            }
        }

        next();
    }
}
