using System.Drawing;
using ErpInstaller.Answers;
using ErpInstaller.Apps.Requirements;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>The release and its apps. Each ref is looked up in its repository while the operator chooses.</summary>
internal sealed class AppsScreen(Workspace work, Action next) : Screen
{
    // Narrower terminals tell of the app that is marked only, below.
    private const int RoomForTitles = 90;
    private const int Name = 17;

    // A blank, what it is, whether it fits, what there is to know, and the line that is typed in.
    private const int LeastDetails = 5;

    private readonly AppLookup _lookup = new(work);

    // The first that can be chosen: Frappe and ERPNext stand above it.
    private int _at = 2;
    private int _first;
    private string _filter = "";
    private bool _filters;
    private string? _ref;
    private int _typingRow;

    /// <inheritdoc/>
    public override string Title => "Which apps?";

    /// <inheritdoc/>
    public override string Step => StepId.Apps;

    /// <inheritdoc/>
    public override string Help =>
        $"""
            The release says which version of ERPNext and which version of each app belong together; left and right arrow choose another one. Frappe and ERPNext are always there.
            Space takes an app or leaves it out. What an app requires comes along by itself.
            Each branch or tag is looked up in its repository: the commit stands beside it as soon as it is known. e takes another branch or tag than the release's; an empty one takes the release's again. r asks those repositories again that did not answer.
            The release's own refs belong to its ERPNext; another one is marked. Whether an app fits is read from its repository, where it says it: what does not fit stops the installation before anything is built.
            / shows only the apps with a text in name or description.
            {string.Join("\n", Rows.Where(r => r.Url.Length > 0).Select(r => $"{r.Name}: {r.Url}"))}
            """;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyHint> Keys =>
        this switch
        {
            { _filters: true } => [new("Enter", "choose"), new("Esc", "show all")],
            { _ref: not null } => [new("Enter", "take this ref"), new("Esc", "do not")],
            _ => [new("Enter", "next"), new("/", "filter"), new("Esc", "back")],
        };

    /// <inheritdoc/>
    public override IReadOnlyList<KeyHint> KeysHere =>
        Here is { IsFixed: false } row && !_filters && _ref is null
            ? [new("e", "ref"), new("Space", row.IsChosen ? "drop" : "take")]
            : [];

    /// <inheritdoc/>
    public override Typing? Typing =>
        this switch
        {
            { _filters: true } => new Typing("apps.filter", 8, _typingRow, 30, _filter, IsSecret: false, Filter),
            { _ref: { } reference } => new Typing("apps.ref", 8, _typingRow, 40, reference, IsSecret: false, text =>
                _ref = text
            ),
            _ => null,
        };

    /// <inheritdoc/>
    public override Line Message
    {
        get
        {
            var taken = Rows.Where(r => r.IsTaken).ToList();
            var wrong = taken
                .Where(r => _lookup.Ref(r).Problem is not null)
                .GroupBy(r => (_lookup.Ref(r).State, _lookup.Ref(r).IsSilent), r => r.Name)
                .ToList();
            var unfit = taken.FirstOrDefault(r => Needs(r)?.Fit == AppFit.DoesNotFit);
            return wrong.Count > 0
                    ? new Line(
                        string.Join(
                            "; ",
                            wrong.Select(w =>
                                $"{w.Key.State}{(w.Key.IsSilent ? " (r asks again)" : "")}: {string.Join(", ", w)}"
                            )
                        ),
                        Tone.Bad
                    )
                : unfit is not null ? new Line($"{unfit.Name} does not fit: {Needs(unfit)!.Words}", Tone.Bad)
                : taken.Any(r => !r.IsFixed && Needs(r) is null)
                    ? new Line($"{taken.Count} apps, looking up refs", Tone.Quiet)
                : taken.Where(r => !r.IsOfRelease && Needs(r)?.Fit != AppFit.Fits).Select(r => r.Name).ToList()
                    is { Count: > 0 } others
                    ? new Line(
                        $"{taken.Count} apps, not at {work.Release.Version}'s ref: {string.Join(", ", others)}",
                        Tone.Warning
                    )
                : new Line($"{taken.Count} apps", Tone.Quiet);
        }
    }

    private IReadOnlyList<AppRow> Rows => AppRows.Of(work.Answers, work.Release);

    private AppCompatibility? Needs(AppRow row) => _lookup.Fit(row, Rows.Where(r => r.IsTaken));

    private AppRow? Here => Shown.ElementAtOrDefault(_at);

    private List<AppRow> Shown =>
        [
            .. Rows.Where(r =>
                $"{r.Name} {r.Title} {r.Description}".Contains(_filter, StringComparison.OrdinalIgnoreCase)
            ),
        ];

    /// <inheritdoc/>
    public override void Entered() => _lookup.Begin();

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        var shown = Shown;
        _at = Math.Clamp(_at, 0, Math.Max(0, shown.Count - 1));
        var room = area.Height - 2 - LeastDetails;
        _first = Scroll.Follow(_first, _at, shown.Count, room);
        var lines = new List<Line> { Release(), Line.Empty };
        lines.AddRange(shown.Select((row, i) => Draw(row, i == _at, area.Width)).Skip(_first).Take(room));

        // The line that is typed in stays where it is while the filter leaves fewer rows.
        lines.AddRange(Enumerable.Repeat(Line.Empty, Math.Min(room, Rows.Count) - Math.Min(room, shown.Count)));
        lines.AddRange(Detail(shown.ElementAtOrDefault(_at), new Size(area.Width, area.Height - lines.Count)));
        _typingRow = lines.Count - 1;
        return lines;
    }

    /// <inheritdoc/>
    public override bool OnKey(KeyPress key) =>
        _filters ? OnFilterKey(key)
        : _ref is not null ? OnRefKey(key)
        : OnListKey(key);

    private Line Release() =>
        new Line("Release  ")
            .Add($"{work.Glyphs.Left} {work.Answers.Erpnext.Release} {work.Glyphs.Right}", Tone.Accent)
            .Add($"   Python {work.Release.Python}, Node {work.Release.Node}", Tone.Quiet);

    private Line Draw(AppRow row, bool here, int width)
    {
        var line = new Line(here ? work.Glyphs.Pointer : " ", Tone.Accent)
            .Add(row.IsTaken ? work.Glyphs.Chosen : work.Glyphs.Unchosen, row.IsTaken ? Tone.Good : Tone.Quiet)
            .Add($" {row.Name}")
            .To(Name + 1)
            .Add(row.IsOfRelease ? "  " : $"{work.Glyphs.Warning} ", Tone.Warning)
            .Add(new Line(row.Ref).Clip(12, work.Glyphs.More))
            .To(33);
        var (state, tone) = _lookup.Ref(row) switch
        {
            { Problem: not null, State: var why } => (why, Tone.Bad),
            _ when Needs(row)?.Fit == AppFit.DoesNotFit => ("does not fit", Tone.Bad),
            { Commit: { } commit } => (commit[..12], Tone.Quiet),
            _ => (row.IsFixed ? "in the image" : "", Tone.Quiet),
        };
        var beside =
            row.BroughtBy is { } by && !row.IsChosen ? $"for {by}"
            : width < RoomForTitles ? ""
            : $"{row.Title}: {row.Description}";
        return line.Add(state, tone).To(46).Add(beside, Tone.Quiet).Clip(width, work.Glyphs.More);
    }

    // The line that is typed in is the last, wherever that is.
    private List<Line> Detail(AppRow? row, Size area)
    {
        var width = area.Width;
        IEnumerable<Line> about = row is null
            ? []
            :
            [
                .. Columns.Wrap($"{row.Title}: {row.Description}", width).Select(l => new Line(l)),
                .. Fit(row, width),
                .. Columns.Wrap(row.Note, width).Select(l => new Line(l, Tone.Quiet)),
            ];
        List<Line> lines = [Line.Empty, .. about.Take(area.Height - 2)];
        lines.AddRange(Enumerable.Repeat(Line.Empty, Math.Max(0, LeastDetails - 1 - lines.Count)));
        lines.Add(
            _filters ? new Line("Filter: ", Tone.Accent)
            : _ref is not null ? new Line("Ref:    ", Tone.Accent)
            : _filter.Length > 0
                ? new Line($"{(Shown.Count == 0 ? "none" : "only")} with \"{_filter}\", / changes that", Tone.Warning)
            : Line.Empty
        );
        return lines;
    }

    // Whether it belongs to this ERPNext, and what there is to know about that.
    private IEnumerable<Line> Fit(AppRow row, int width)
    {
        var version = work.Release.Version;
        var (text, tone) = (_lookup.Ref(row).Problem, row, Needs(row)) switch
        {
            ({ } problem, _, _) => ($"{work.Glyphs.Failed} {problem}", Tone.Bad),
            (_, { IsFixed: true }, _) => ($"{work.Glyphs.Done} It is in the base image.", Tone.Good),
            (_, _, { Fit: AppFit.DoesNotFit } not) => (
                $"{work.Glyphs.Failed} Does not fit: {string.Join("; ", not.Misfits.Select(m => m.Say()))}",
                Tone.Bad
            ),
            (_, _, { Fit: AppFit.Fits } fits) => (
                $"{work.Glyphs.Done} Fits {version}: {fits.Words}{Brings(row)}",
                Tone.Good
            ),
            (_, { IsOfRelease: true }, _) => ($"{work.Glyphs.Done} Fits {version}{Brings(row)}.", Tone.Good),
            (_, _, { } unknown) => (
                $"{work.Glyphs.Warning} Not known to fit: {unknown.Words}{Brings(row)}",
                Tone.Warning
            ),
            _ => ($"{work.Glyphs.Warning} Not {version}'s own {row.OwnRef}{Brings(row)}.", Tone.Warning),
        };
        return Columns.Wrap(text, width).Select(l => new Line(l, tone));
    }

    private static string Brings(AppRow row) =>
        row.Requires.Count > 0 ? $"; brings {string.Join(", ", row.Requires)}" : "";

    private bool OnListKey(KeyPress key)
    {
        if (key == KeyPress.CursorDown || key == KeyPress.CursorUp)
        {
            _at = Math.Clamp(_at + (key == KeyPress.CursorDown ? 1 : -1), 0, Math.Max(0, Shown.Count - 1));
        }
        else if (key == KeyPress.CursorLeft || key == KeyPress.CursorRight)
        {
            Change(AppChoices.WithRelease(work.Answers, work.Releases, key == KeyPress.CursorRight ? 1 : -1));
        }
        else if (key == KeyPress.Space && Here is { IsFixed: false } row)
        {
            Change(AppChoices.Toggle(work.Answers, row));
        }
        else if (key == KeyPress.Letter('e') && Here is { IsFixed: false } changed)
        {
            _ref = changed.Ref;
        }
        else if (key.Character == '/')
        {
            _filters = true;
        }
        else if (key == KeyPress.Letter('r'))
        {
            _lookup.Repeat();
        }
        else if (key == KeyPress.Enter)
        {
            next();
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool OnFilterKey(KeyPress key)
    {
        if (key == KeyPress.Enter || key == KeyPress.Esc)
        {
            _filters = false;
            _filter = key == KeyPress.Esc ? "" : _filter;
        }
        else if (key == KeyPress.CursorDown || key == KeyPress.CursorUp)
        {
            _at += key == KeyPress.CursorDown ? 1 : -1;
        }

        return true;
    }

    private bool OnRefKey(KeyPress key)
    {
        if (key == KeyPress.Enter && Here is { } row)
        {
            Change(AppChoices.WithRef(work.Answers, row, _ref!.Trim()));
            _ref = null;
        }
        else if (key == KeyPress.Esc)
        {
            _ref = null;
        }

        return true;
    }

    private void Filter(string text) => (_filter, _at) = (text, 0);

    private void Change(AnswerFile answers)
    {
        work.Keep(answers);
        _lookup.Begin();
    }
}
