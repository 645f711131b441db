using System.Diagnostics.CodeAnalysis;
using System.Drawing;
using ErpInstaller.Answers;
using ErpInstaller.Answers.Interview;
using ErpInstaller.Core.Ids;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>The release and its apps. Each ref is looked up in its repository while the operator chooses.</summary>
internal sealed class AppsScreen : Screen
{
    // A blank line, the description, whether the app fits, a note, and the input line.
    private const int MinDetails = 5;

    // The first two rows are Frappe and ERPNext, which are always installed.
    private const int FirstToChoose = 2;

    private readonly ScreenContext _work;
    private readonly Action _next;
    private readonly AppLookup _lookup;
    private readonly ListCursor _cursor = new();
    private IReadOnlyList<AppRow> _rows = [];
    private IReadOnlyList<AppRow> _shown = [];
    private string _filter = "";
    private AppLines _lines;
    private Line _message = Line.Empty;

    /// <param name="next">Opens the next screen.</param>
    public AppsScreen(ScreenContext work, Action next)
    {
        (_work, _next, _lookup) = (work, next, new AppLookup(work, Compute));
        Compute();
        _cursor.Go(FirstToChoose);
    }

    /// <inheritdoc/>
    public override string Title => "Which apps?";

    /// <inheritdoc/>
    public override string Step => StepId.Apps;

    /// <inheritdoc/>
    public override string Help =>
        $"""
            A release is a version of ERPNext with a tested ref for each app. The left and right arrows choose another
            release. Frappe and ERPNext are always installed.

            Space adds an app or removes it. The apps that it requires come with it.

            The installer looks up each ref (a branch or tag) in its repository and shows the commit beside it. e sets
            another ref; an empty one restores the release's. r asks those repositories again that did not answer.

            An app with another ref than the release's is marked. The installer reads its requirements there; an app
            that does not fit stops the installation before anything is built.

            / shows only the apps whose name or description contains a text.

            {string.Join("\n\n", _rows.Where(r => r.Url.Length > 0).Select(r => $"{r.Name}: {r.Url}"))}
            """;

    /// <inheritdoc/>
    public override IReadOnlyList<Binding> Bindings =>
        [
            new(KeyPress.Enter, "next", _next),
            new(KeyPress.Letter('/'), "filter", AskFilter),
            new(KeyPress.Esc, "back", _work.Navigator.Back),
            new(KeyPress.Letter('e'), "ref", AskRef) { When = Here is { IsFixed: false }, Bar = BarPlace.End },
            new(KeyPress.Space, Here is { IsChosen: true } ? "drop" : "take", Toggle)
            {
                When = Here is { IsFixed: false },
                Bar = BarPlace.End,
            },
            new(KeyPress.Letter('r'), "ask again", Repeat) { Bar = BarPlace.Help },
            new("left/right", "release", (KeyPress.CursorRight, () => Turn(1)), (KeyPress.CursorLeft, () => Turn(-1)))
            {
                Bar = BarPlace.Help,
            },
            .. _cursor.Bindings("move", BarPlace.Help),
        ];

    /// <inheritdoc/>
    public override Line Message => _message;

    private AppRow? Here => _shown.ElementAtOrDefault(_cursor.At);

    /// <inheritdoc/>
    public override void Entered() => Look();

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        var room = area.Height - 2 - MinDetails;
        List<Line> rows = [.. _shown.Select((row, i) => _lines.Row(row, i == _cursor.At, area.Width))];
        List<Line> lines = [Release(), Line.Empty, .. _cursor.See(rows, room)];

        // The input line does not move when the filter leaves fewer rows.
        lines.AddRange(Enumerable.Repeat(Line.Empty, Math.Min(room, _rows.Count) - Math.Min(room, rows.Count)));
        lines.Add(Line.Empty);
        List<Line> details = Here is { } row ? [.. _lines.Details(row, area.Width)] : [];
        lines.AddRange(details.Take(area.Height - lines.Count - 1));
        lines.AddRange(Enumerable.Repeat(Line.Empty, Math.Max(0, MinDetails - 2 - details.Count)));
        lines.Add(Prompt?.Draw(lines.Count) ?? FilterNote());
        return lines;
    }

    private Line Release() =>
        new Line("Release  ")
            .Add($"{_work.Glyphs.Left} {_work.Interview.Answers.Erpnext.Release} {_work.Glyphs.Right}", Tone.Accent)
            .Add($"   Python {_work.Interview.Release.Python}, Node {_work.Interview.Release.Node}", Tone.Quiet);

    private Line FilterNote() =>
        _filter.Length > 0
            ? new Line($"{(_shown.Count == 0 ? "none" : "only")} with \"{_filter}\", / changes it", Tone.Warning)
            : Line.Empty;

    private void AskFilter() =>
        Ask(
            new Prompt("apps.filter", "Filter: ", width: 30, _filter)
            {
                Changed = text =>
                {
                    Filter(text);
                    _cursor.Go(0);
                },
                Accept = ("choose", _ => true),
                Cancel = ("show all", () => Filter("")),
                More = _cursor.Bindings("move", BarPlace.Help),
            }
        );

    private void AskRef() =>
        Ask(new Prompt("apps.ref", "Ref:    ", width: 40, Here!.Ref) { Accept = ("take this ref", text =>
                {
                    Change(AppChoices.WithRef(_work.Interview.Answers, Here!, text.Trim()));
                    return true;
                }) });

    private void Filter(string text)
    {
        _filter = text;
        Compute();
    }

    private void Toggle() => Change(AppChoices.Toggle(_work.Interview.Answers, Here!));

    private void Turn(int step) => Change(ReleaseChoice.Turn(_work.Interview.Answers, step, _work.Interview.Releases));

    private void Change(AnswerFile answers)
    {
        _work.Interview.Keep(answers);
        Look();
    }

    private void Repeat()
    {
        _lookup.Repeat();
        Compute();
    }

    private void Look()
    {
        _lookup.Begin();
        Compute();
    }

    // Called when the answers, the filter or the look-ups change, not for each picture.
    [MemberNotNull(nameof(_lines))]
    private void Compute()
    {
        _rows = _lookup.Fill(AppRows.Of(_work.Interview.Answers, _work.Interview.Release));
        _shown =
        [
            .. _rows.Where(r =>
                $"{r.Name} {r.Title} {r.Description}".Contains(_filter, StringComparison.OrdinalIgnoreCase)
            ),
        ];
        _cursor.Count = _shown.Count;
        _lines = new AppLines(_work.Interview.Release.Version, _work.Glyphs);
        _message = _lines.Summary(_rows);
    }
}
