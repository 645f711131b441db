using System.Drawing;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.HostChecks;
using ErpInstaller.HostChecks.Checks;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Run;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>What was found on this host and what is needed; a failed check is mended and checked again, or accepted with a reason.</summary>
internal sealed class HostChecksScreen(Workspace work, Action next) : Screen
{
    private const int LeastRows = 10;
    private const string Why = "Accepted, because: ";

    private HostFacts? _facts;
    private HostCheckReport? _report;
    private InstallerException? _problem;
    private string _looking = "";
    private bool _isLooking;
    private int _at;
    private int _first;
    private string? _reason;
    private int _typingRow;

    /// <inheritdoc/>
    public override string Title => "Is this host ready?";

    /// <inheritdoc/>
    public override string Step => StepId.HostChecks;

    /// <inheritdoc/>
    public override string Help =>
        """
            Each line is something that was measured on this host, at Docker and at Nomad; nothing is changed by it. Below the lines stands what was found and needed for the one that is marked.
            A failed check stands in the way. Mend it as it says, in another terminal, and check again with r; h shows all that mends it, to copy.
            A failure that you want to live with is accepted with a and a reason, which is kept in the answer file; a again takes that back.
            """;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyHint> Keys =>
        this switch
        {
            { _reason: not null } => [new("Enter", "accept"), new("Esc", "do not")],
            { _report: null, _problem: null } => [new("Esc", "back")],
            { _report.Passed: false } =>
            [
                new("Enter", "go on"),
                new("r", "again"),
                new("h", "hints"),
                new("Esc", "back"),
            ],
            _ => [new("Enter", "next"), new("r", "check again"), new("Esc", "back")],
        };

    /// <inheritdoc/>
    public override IReadOnlyList<KeyHint> KeysHere =>
        (_reason, Selected) switch
        {
            (null, { Blocks: true }) => [new("a", "accept")],
            (null, { Kind: VerdictKind.Accepted }) => [new("a", "undo")],
            _ => [],
        };

    /// <inheritdoc/>
    public override Typing? Typing =>
        _reason is null
            ? null
            : new Typing("host.accept", Why.Length, _typingRow, 36, _reason, IsSecret: false, text => _reason = text);

    /// <inheritdoc/>
    public override Line Message =>
        this switch
        {
            { _problem: { } e } => new Line(e.Message, Tone.Bad).Add($"  {e.Hint}"),
            { _report: null } => new Line($"looking {_looking}", Tone.Quiet),
            { _report.Passed: true } => new Line(_report.Summary, Tone.Good),
            _ => new Line(InTheWay(_report), Tone.Bad),
        };

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
            return
            [
                new Line(
                    _problem is null
                        ? "Measuring the host, Docker and Nomad…".Replace(
                            "…",
                            work.Glyphs.More,
                            StringComparison.Ordinal
                        )
                        : ""
                ),
            ];
        }

        // As much room as the check with most to say needs: the table stands still while the operator looks from one to the next.
        var room = Math.Max(area.Height - 1 - _report.Rows.Max(r => Details(r, area.Width).Count()), LeastRows);
        _first = Scroll.Follow(_first, _at, _report.Rows.Count, room);
        var table = _report
            .Rows.Select((row, i) => HostCheckTable.Row(row, i == _at, area.Width, work.Glyphs))
            .Skip(_first)
            .Take(room)
            .ToList();
        var details = Selected is { } selected
            ? Details(selected, area.Width).Take(area.Height - table.Count - 1).ToList()
            : [];
        if (_reason is not null)
        {
            details = [.. details.Take(area.Height - table.Count - 2), new Line(Why, Tone.Accent)];
        }

        _typingRow = table.Count + details.Count;
        return [.. table, Scroll.Rest(_first, _report.Rows.Count, room), .. details];
    }

    /// <inheritdoc/>
    public override bool OnKey(KeyPress key) => _reason is null ? OnTableKey(key) : OnReasonKey(key);

    private static string InTheWay(HostCheckReport report)
    {
        var (own, waiting) = (
            report.Blocking.Where(r => r.Hint.Length > 0).ToList(),
            report.Blocking.Count(r => r.Hint.Length == 0)
        );
        return $"{own.Count} to mend or accept: {string.Join(", ", own.Select(r => r.Id))}{(waiting > 0 ? $"; {waiting} more can be looked at then" : "")}";
    }

    private IEnumerable<Line> Details(HostCheckRow row, int width) =>
        HostCheckTable.Details(row with { Hint = work.Commands.In(row.Hint) }, width, work.Glyphs);

    private bool OnTableKey(KeyPress key)
    {
        if (key == KeyPress.CursorDown || key == KeyPress.CursorUp)
        {
            var step = key == KeyPress.CursorDown ? 1 : -1;
            _at = Math.Clamp(_at + step, 0, Math.Max(0, (_report?.Rows.Count ?? 1) - 1));
        }
        else if (key == KeyPress.Letter('r'))
        {
            Look();
        }
        else if (key == KeyPress.Letter('h') && _report is { Passed: false })
        {
            work.Navigator.Open(new HintsScreen(_report.Blocking, work));
        }
        else if (key == KeyPress.Letter('a') && Selected is { Blocks: true })
        {
            _reason = "";
        }
        else if (key == KeyPress.Letter('a') && Selected is { Kind: VerdictKind.Accepted } accepted)
        {
            Accept(accepted.Id, reason: null);
        }
        else if (key == KeyPress.Enter)
        {
            Next();
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool OnReasonKey(KeyPress key)
    {
        if (key == KeyPress.Enter && _reason!.Trim().Length > 0)
        {
            Accept(Selected!.Id, _reason.Trim());
            _reason = null;
        }
        else if (key == KeyPress.Esc)
        {
            _reason = null;
        }

        return true;
    }

    private void Accept(string check, string? reason)
    {
        var accepted = new Dictionary<string, string>(work.Answers.Host.Accept);
        if (reason is null)
        {
            accepted.Remove(check);
        }
        else
        {
            accepted[check] = reason;
        }

        work.Keep(work.Answers with { Host = work.Answers.Host with { Accept = accepted } });
        Judge();
    }

    // A failed check stops the installation, not the choosing: the operator may mend it meanwhile.
    private void Next()
    {
        if (_report is not null || _problem is not null)
        {
            next();
        }
    }

    private void Judge() => _report = _facts is null ? _report : HostCheckReport.Judge(_facts, work.Answers);

    // One look at a time: an earlier one that ends later would move the mark while a reason is typed for the check under it.
    private void Look()
    {
        if (_isLooking)
        {
            return;
        }

        (_isLooking, _report, _problem, _looking) = (true, null, null, "");
        var context = work.Open("", e => _looking = e is Progress p ? $"{p.Text}" : _looking)
            .ContextOf(new HostChecksStep());
        work.Begin(
            stop => HostCheckup.CollectAsync(context, previous: null, stop),
            facts =>
            {
                (_isLooking, _facts) = (false, facts);
                Judge();
                _at = Math.Max(0, _report!.Rows.ToList().FindIndex(r => r.Blocks));
            },
            e => (_isLooking, _problem) = (false, e)
        );
    }
}
