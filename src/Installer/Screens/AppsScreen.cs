using System.Drawing;
using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Engine;
using ErpInstaller.Screens.Drawing;
using Terminal.Gui.Input;

namespace ErpInstaller.Screens;

/// <summary>The release and its apps. Each ref is looked up in its repository while the operator chooses.</summary>
internal sealed class AppsScreen(Workspace work, Action next) : Screen
{
    private const int DetailLines = 5;

    private readonly Dictionary<(string Url, string Ref), (string? Commit, string? Problem)> _resolved = [];
    private int _at;
    private int _first;
    private string _filter = "";
    private bool _filters;
    private string? _ref;
    private int _height = 1;

    /// <inheritdoc/>
    public override string Title => "Which apps?";

    /// <inheritdoc/>
    public override string Step => StepId.Apps;

    /// <inheritdoc/>
    public override string Help =>
        """
        The release says which version of ERPNext and which version of each app belong together; left and right arrow choose another one. Frappe and ERPNext are always there.
        Space takes an app or leaves it out. What an app requires comes along by itself.
        Each branch or tag is looked up in its repository: the commit stands beside it as soon as it is known. e takes another branch or tag than the release's.
        / shows only the apps with a text in name or description.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyHint> Keys => this switch
    {
        { _filters: true } => [new("Enter", "choose"), new("Esc", "show all")],
        { _ref: not null } => [new("Enter", "take this ref"), new("Esc", "do not")],
        _ => [new("Enter", "next"), new("Space", "take"), new("e", "ref"), new("/", "filter")],
    };

    /// <inheritdoc/>
    public override Typing? Typing => this switch
    {
        { _filters: true } => new Typing("apps.filter", 8, _height - 1, 30, _filter, IsSecret: false, Filter),
        { _ref: { } reference } => new Typing("apps.ref", 8, _height - 1, 40, reference, IsSecret: false, text => _ref = text),
        _ => null,
    };

    /// <inheritdoc/>
    public override Line Message
    {
        get
        {
            var wrong = Rows.Where(IsTaken).Where(r => Known(r).Problem is not null).ToList();
            return wrong.Count > 0
                ? new Line($"{string.Join(", ", wrong.Select(r => r.Name))}: {Known(wrong[0]).Problem}", Tone.Bad)
                : new Line($"{Rows.Count(IsTaken)} apps" + (Rows.Any(r => IsTaken(r) && !r.IsFixed && Known(r) == default) ? ", looking up refs" : ""), Tone.Quiet);
        }
    }

    private IReadOnlyList<AppRow> Rows => AppRows.Of(work.Answers, work.Release);

    private List<AppRow> Shown =>
        [.. Rows.Where(r => $"{r.Name} {r.Title} {r.Description}".Contains(_filter, StringComparison.OrdinalIgnoreCase))];

    /// <inheritdoc/>
    public override void Entered() => Resolve();

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        _height = area.Height;
        var shown = Shown;
        _at = Math.Clamp(_at, 0, Math.Max(0, shown.Count - 1));
        var room = area.Height - 2 - DetailLines;
        _first = Scroll.Follow(_first, _at, shown.Count, room);
        var lines = new List<Line> { Release(), Line.Empty };
        lines.AddRange(shown.Select((row, i) => Draw(row, i == _at, area.Width)).Skip(_first).Take(room));
        while (lines.Count < area.Height - DetailLines)
        {
            lines.Add(Line.Empty);
        }

        return [.. lines, .. Detail(shown.ElementAtOrDefault(_at), area.Width)];
    }

    /// <inheritdoc/>
    public override bool OnKey(Key key) => _filters ? OnFilterKey(key) : _ref is not null ? OnRefKey(key) : OnListKey(key);

    private static bool IsTaken(AppRow row) => row.IsChosen || row.BroughtBy is not null;

    private Line Release() => new Line("Release  ").Add($"{work.Glyphs.Left} {work.Answers.Erpnext.Release} {work.Glyphs.Right}", Tone.Accent)
        .Add($"   {work.Release.Frappe}, Python {work.Release.Python}, Node {work.Release.Node}", Tone.Quiet);

    private Line Draw(AppRow row, bool here, int width)
    {
        var (commit, problem) = Known(row);
        var box = IsTaken(row) ? work.Glyphs.Chosen : work.Glyphs.Unchosen;
        var line = new Line(here ? work.Glyphs.Pointer : " ", Tone.Accent).Add(box, IsTaken(row) ? Tone.Good : Tone.Quiet).Add(" ").Add(row.Name).To(18)
            .Add(Columns.Take(row.Ref, 15)).To(34);
        line = problem is not null ? line.Add("not there", Tone.Bad) : line.Add(commit?[..12] ?? (row.IsFixed ? "in the image" : ""), Tone.Quiet);
        line = line.To(48).Add(row.BroughtBy is { } by && !row.IsChosen ? $"for {by}" : "", Tone.Quiet).Clip(width, work.Glyphs.More);
        return here ? line.All(Tone.Selected, width) : line;
    }

    private List<Line> Detail(AppRow? row, int width)
    {
        var lines = new List<Line> { Line.Empty };
        if (row is not null)
        {
            lines.Add(new Line($"{row.Title}. ", Tone.Strong).Add(row.Description).Clip(width, work.Glyphs.More));
            lines.Add(new Line(row.Url, Tone.Quiet));
            lines.Add(Known(row).Problem is { } problem ? new Line(problem, Tone.Bad) : new Line(row.Note, Tone.Quiet));
        }

        while (lines.Count < DetailLines - 1)
        {
            lines.Add(Line.Empty);
        }

        lines.Add(_filters ? new Line("Filter: ", Tone.Accent) : _ref is not null ? new Line("Ref:    ", Tone.Accent)
            : _filter.Length > 0 ? new Line($"only with \"{_filter}\", / changes that", Tone.Warning) : Line.Empty);
        return lines;
    }

    private bool OnListKey(Key key)
    {
        var shown = Shown;
        if (key == Key.CursorDown || key == Key.CursorUp)
        {
            _at = Math.Clamp(_at + (key == Key.CursorDown ? 1 : -1), 0, Math.Max(0, shown.Count - 1));
        }
        else if (key == Key.CursorLeft || key == Key.CursorRight)
        {
            OtherRelease(key == Key.CursorRight ? 1 : -1);
        }
        else if (key == Key.Space && shown.ElementAtOrDefault(_at) is { IsFixed: false } row)
        {
            Toggle(row);
        }
        else if (key == Key.E && shown.ElementAtOrDefault(_at) is { IsFixed: false } changed)
        {
            _ref = changed.Ref;
        }
        else if (key.AsRune.Value == '/')
        {
            _filters = true;
        }
        else if (key == Key.Enter)
        {
            next();
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool OnFilterKey(Key key)
    {
        if (key == Key.Enter || key == Key.Esc)
        {
            _filters = false;
            _filter = key == Key.Esc ? "" : _filter;
        }
        else if (key == Key.CursorDown || key == Key.CursorUp)
        {
            _at += key == Key.CursorDown ? 1 : -1;
        }

        return true;
    }

    private bool OnRefKey(Key key)
    {
        if (key == Key.Enter && Shown.ElementAtOrDefault(_at) is { } row)
        {
            Take(row, _ref!.Trim());
            _ref = null;
            Resolve();
        }
        else if (key == Key.Esc)
        {
            _ref = null;
        }

        return true;
    }

    private void Filter(string text) => (_filter, _at) = (text, 0);

    private void Toggle(AppRow row)
    {
        List<string> install = row.IsChosen ? [.. work.Answers.Apps.Install.Where(a => a != row.Name)] : [.. work.Answers.Apps.Install, row.Name];
        work.Keep(work.Answers with { Apps = work.Answers.Apps with { Install = install } });
        Resolve();
    }

    private void Take(AppRow row, string reference)
    {
        var change = work.Answers.Apps.Override.GetValueOrDefault(row.Name) ?? new AppOverride();
        var same = reference.Length == 0 || reference == work.Release.Apps[row.Name].Ref;
        var overrides = new Dictionary<string, AppOverride>(work.Answers.Apps.Override) { [row.Name] = change with { Ref = same ? null : reference } };
        if (overrides[row.Name] == new AppOverride())
        {
            overrides.Remove(row.Name);
        }

        work.Keep(work.Answers with { Apps = work.Answers.Apps with { Override = overrides } });
    }

    private void OtherRelease(int step)
    {
        var names = work.Releases.Names.ToList();
        var now = names.IndexOf(work.Answers.Erpnext.Release);
        var name = names[Math.Clamp(now + step, 0, names.Count - 1)];
        var known = work.Releases.Load(name).Apps;
        work.Keep(work.Answers with
        {
            Erpnext = work.Answers.Erpnext with { Release = name },
            Apps = work.Answers.Apps with { Install = [.. work.Answers.Apps.Install.Where(known.ContainsKey)] },
        });
        Resolve();
    }

    private (string? Commit, string? Problem) Known(AppRow row) => _resolved.GetValueOrDefault((row.Url, row.Ref));

    // Each app by itself: one repository that does not answer keeps no other waiting.
    private void Resolve()
    {
        var installation = work.Open("", _ => { });
        foreach (var app in AppSelection.Resolve(work.Answers.Apps, work.Release).Where(a => !_resolved.ContainsKey((a.Url, a.Ref))))
        {
            _resolved[(app.Url, app.Ref)] = default;
            work.Begin(
                async stop => RefResolver.Resolve(app, await AppRepository.ListRefsAsync(app, work.Answers.Apps, installation.World, installation.Secrets, stop)).Commit,
                commit => _resolved[(app.Url, app.Ref)] = (commit, null),
                e => _resolved[(app.Url, app.Ref)] = (null, e.Message));
        }
    }
}
