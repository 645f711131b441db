using System.Drawing;
using ErpInstaller.Answers;
using ErpInstaller.Engine;
using ErpInstaller.HostChecks;
using ErpInstaller.Screens.Drawing;
using Terminal.Gui.Input;

namespace ErpInstaller.Screens;

/// <summary>What was found on this host and what is needed; a failed check is mended and checked again, or accepted with a reason.</summary>
internal sealed class HostChecksScreen(Workspace work, Action next) : Screen
{
    private HostCheckReport? _report;
    private InstallerException? _problem;
    private string _looking = "";
    private int _at;
    private int _first;
    private string? _reason;

    /// <inheritdoc/>
    public override string Title => "Is this host ready?";

    /// <inheritdoc/>
    public override string Step => StepId.HostChecks;

    /// <inheritdoc/>
    public override string Help =>
        """
        Each line is something that was measured on this host, at Docker and at Nomad; nothing is changed by it.
        A failed check stands in the way. Mend it as the hint says, in another terminal, and check again with r. A failure that you want to live with is accepted with a and a reason; the reason is kept in the answer file.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyHint> Keys => _reason is not null
        ? [new("Enter", "accept"), new("Esc", "do not")]
        : [new("Enter", "next"), new("arrows", "look"), new("r", "check again"), new("a", "accept")];

    /// <inheritdoc/>
    public override Typing? Typing => _reason is null
        ? null
        : new Typing("host.accept", 16, DetailRow + 3, 40, _reason, IsSecret: false, text => _reason = text);

    /// <inheritdoc/>
    public override Line Message => this switch
    {
        { _problem: { } e } => new Line(e.Message, Tone.Bad).Add($"  {e.Hint}"),
        { _report: null } => new Line($"looking {_looking}", Tone.Quiet),
        { _report.Passed: true } => new Line(_report.Summary, Tone.Good),
        _ => new Line($"{_report.Blocking.Count} in the way: {string.Join(", ", _report.Blocking.Select(r => r.Id))}", Tone.Bad),
    };

    private int DetailRow { get; set; }

    private HostCheckRow? Selected => _report?.Rows.ElementAtOrDefault(_at);

    /// <inheritdoc/>
    public override void Entered()
    {
        if (_report is null)
        {
            Look();
        }
        else
        {
            Judge();
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        if (_report is null)
        {
            return [new Line(_problem is null ? "Measuring the host, Docker and Nomad…".Replace("…", work.Glyphs.More, StringComparison.Ordinal) : "")];
        }

        var detail = Detail(area.Width).ToList();
        DetailRow = area.Height - 4;
        _first = Scroll.Follow(_first, _at, _report.Rows.Count, DetailRow - 1);
        var table = _report.Rows.Select((row, i) => Draw(row, i == _at, area.Width)).Skip(_first).Take(DetailRow - 1).ToList();
        while (table.Count < DetailRow)
        {
            table.Add(Line.Empty);
        }

        return [.. table, .. detail];
    }

    /// <inheritdoc/>
    public override bool OnKey(Key key) => _reason is null ? OnTableKey(key) : OnReasonKey(key);

    private Line Draw(HostCheckRow row, bool here, int width)
    {
        var (sign, tone) = row.Kind switch
        {
            VerdictKind.Pass => (work.Glyphs.Done, Tone.Good),
            VerdictKind.Warn => (work.Glyphs.Warning, Tone.Warning),
            VerdictKind.Accepted => (work.Glyphs.Done, Tone.Warning),
            _ => (work.Glyphs.Failed, Tone.Bad),
        };
        var line = new Line(here ? work.Glyphs.Pointer : " ", Tone.Accent).Add(sign, tone).Add(" ").Add(row.Id).To(21).Add(row.Verdict, tone).To(30).Add(row.Found);
        line = line.Clip(width, work.Glyphs.More);
        return here ? line.All(Tone.Selected, width) : line;
    }

    private IEnumerable<Line> Detail(int width)
    {
        if (Selected is not { } row)
        {
            yield break;
        }

        yield return new Line("found   ", Tone.Quiet).Add(row.Found);
        yield return new Line("needed  ", Tone.Quiet).Add(row.Needed);
        var hint = row.Kind == VerdictKind.Accepted ? $"accepted: {row.Reason}" : row.Hint;
        var lines = hint.Length == 0 ? [""] : Columns.Wrap(hint, width - 8).ToList();
        yield return new Line("hint    ", Tone.Quiet).Add(lines[0], Tone.Accent);
        if (_reason is not null)
        {
            yield return new Line("accepted, why:  ", Tone.Accent);
        }
        else if (lines.Count > 1)
        {
            yield return new Line("        ").Add(string.Join(' ', lines.Skip(1)), Tone.Accent);
        }
    }

    private bool OnTableKey(Key key)
    {
        if (key == Key.CursorDown || key == Key.CursorUp)
        {
            _at = Math.Clamp(_at + (key == Key.CursorDown ? 1 : -1), 0, Math.Max(0, (_report?.Rows.Count ?? 1) - 1));
        }
        else if (key == Key.R)
        {
            Look();
        }
        else if (key == Key.A && Selected is { Blocks: true })
        {
            _reason = "";
        }
        else if (key == Key.Enter)
        {
            Next();
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool OnReasonKey(Key key)
    {
        if (key == Key.Enter && _reason!.Trim().Length > 0)
        {
            var accepted = new Dictionary<string, string>(work.Answers.Host.Accept) { [Selected!.Id] = _reason.Trim() };
            work.Keep(work.Answers with { Host = new HostAnswers { Accept = accepted } });
            _reason = null;
            Judge();
        }
        else if (key == Key.Esc)
        {
            _reason = null;
        }

        return true;
    }

    // A failed check stops the installation, not the choosing: the operator may mend it meanwhile.
    private void Next()
    {
        if (_report is not null || _problem is not null)
        {
            next();
        }
    }

    private HostFacts? _facts;

    private void Judge() => _report = _facts is null ? _report : HostCheckReport.Judge(_facts, work.Answers);

    private void Look()
    {
        (_report, _problem, _looking) = (null, null, "");
        var context = work.Open("", e => _looking = e is Progress p ? $"{p.Text}" : _looking).ContextOf(new HostChecksStep());
        work.Begin(
            stop => HostCheckup.CollectAsync(context, previous: null, stop),
            facts =>
            {
                _facts = facts;
                Judge();
                _at = Math.Max(0, _report!.Rows.ToList().FindIndex(r => r.Blocks));
            },
            e => _problem = e);
    }
}
