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

/// <summary>
/// The host checks. The operator fixes a failed one and checks again, or accepts it with a reason.
/// </summary>
internal sealed class HostChecksScreen(ScreenContext work, Action next) : Screen
{
    private const int MinRows = 10;

    private readonly ListCursor _cursor = new();
    private HostFacts? _facts;
    private HostCheckReport? _report;
    private InstallerException? _problem;
    private string _looking = "";
    private bool _isLooking;

    /// <inheritdoc/>
    public override string Title => "Is this host ready?";

    /// <inheritdoc/>
    public override string Step => StepId.HostChecks;

    /// <inheritdoc/>
    public override string Help =>
        """
            Each line is a check of this host, of Docker or of Nomad. The checks change nothing. The details of the
            marked line are below the list.

            A failed check blocks the installation. Follow its hint in another terminal, then press r to check again.
            h shows all hints so that you can copy them.

            To install despite a failed check, press a and give a reason. The answer file keeps the reason. Press a
            again to undo it.
            """;

    /// <inheritdoc/>
    public override IReadOnlyList<Binding> Bindings =>
        [
            // A failed check blocks the installation, not the questions: the operator may fix it meanwhile.
            new(KeyPress.Enter, IsFailed ? "go on" : "next", next) { When = IsKnown },
            new(KeyPress.Letter('r'), IsFailed ? "again" : "check again", Look) { When = IsKnown },
            new(KeyPress.Letter('h'), "hints", ShowHints) { When = IsFailed },
            new(KeyPress.Esc, "back", work.Navigator.Back),
            .. _cursor.Bindings("move", BarPlace.Help),
            Selected is { Kind: VerdictKind.Accepted } accepted
                ? new(KeyPress.Letter('a'), "undo", () => Accept(accepted.Id, reason: null)) { Bar = BarPlace.End }
                : new(KeyPress.Letter('a'), "accept", AskReason)
                {
                    When = Selected is { Blocks: true },
                    Bar = BarPlace.End,
                },
        ];

    /// <inheritdoc/>
    public override Line Message =>
        this switch
        {
            { _problem: { } e } => new Line(e.Message, Tone.Bad).Add($"  {e.Hint}"),
            { _report: null } => new Line($"checking {_looking}", Tone.Quiet),
            { _report.Passed: true } => new Line(_report.Summary, Tone.Good),
            _ => new Line(InTheWay(_report), Tone.Bad),
        };

    private bool IsKnown => _report is not null || _problem is not null;

    private bool IsFailed => _report is { Passed: false };

    private HostCheckRow? Selected => _report?.Rows.ElementAtOrDefault(_cursor.At);

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

        // The longest details set the height of the list, so the list does not move with the mark. A list that fits
        // only without the line below it is shown without that line, because scrolling sends many bytes.
        var longest = _report.Rows.Max(r => Details(r, area.Width).Count());
        var spare = area.Height - longest - _report.Rows.Count;
        var room = spare >= 0 ? _report.Rows.Count : Math.Max(area.Height - 1 - longest, MinRows);
        List<Line> rows =
        [
            .. _report.Rows.Select((row, i) => HostCheckTable.Row(row, i == _cursor.At, area.Width, work.Glyphs)),
        ];
        List<Line> table = [.. _cursor.See(rows, room)];
        List<Line> rest = spare == 0 ? [] : [ListCursor.Rest(_cursor.First, rows.Count, room)];
        var below = area.Height - table.Count - rest.Count;
        List<Line> details = Selected is { } selected ? [.. Details(selected, area.Width).Take(below)] : [];
        if (Prompt is { } prompt)
        {
            details = [.. details.Take(below - 1)];
            details.Add(prompt.Draw(table.Count + rest.Count + details.Count));
        }

        return [.. table, .. rest, .. details];
    }

    private static string InTheWay(HostCheckReport report)
    {
        var (own, waiting) = (
            report.Blocking.Where(r => r.Hint.Length > 0).ToList(),
            report.Blocking.Count(r => r.Hint.Length == 0)
        );
        var later = waiting > 0 ? $"; {waiting} more wait for that" : "";
        return $"{own.Count} to fix or accept: {string.Join(", ", own.Select(r => r.Id))}{later}";
    }

    private IEnumerable<Line> Details(HostCheckRow row, int width) =>
        HostCheckTable.Details(row with { Hint = work.Commands.In(row.Hint) }, width, work.Glyphs);

    private void ShowHints() => work.Navigator.Open(new HintsScreen(_report!.Blocking, work));

    private void AskReason() =>
        Ask(new Prompt("host.accept", "Accepted, because: ", width: 36) { Accept = ("accept", reason =>
                {
                    if (reason.Trim() is not { Length: > 0 } text)
                    {
                        return false;
                    }

                    Accept(Selected!.Id, text);
                    return true;
                }) });

    private void Accept(string check, string? reason)
    {
        var accepted = new Dictionary<string, string>(work.Interview.Answers.Host.Accept);
        if (reason is null)
        {
            accepted.Remove(check);
        }
        else
        {
            accepted[check] = reason;
        }

        work.Interview.Keep(
            work.Interview.Answers with
            {
                Host = work.Interview.Answers.Host with { Accept = accepted },
            }
        );
        Judge();
    }

    private void Judge()
    {
        _report = _facts is null ? _report : HostCheckReport.Judge(_facts, work.Interview.Answers);
        _cursor.Count = _report?.Rows.Count ?? 0;
    }

    // One at a time: the late result of an earlier check would move the mark while the operator types a reason.
    private void Look()
    {
        if (_isLooking)
        {
            return;
        }

        (_isLooking, _report, _problem, _looking, _cursor.Count) = (true, null, null, "", 0);
        var context = work.Open(e => _looking = e is Progress p ? $"{p.Text}" : _looking, isAnew: true)
            .ContextOf(new HostChecksStep());
        work.Begin(
            stop => HostCheckup.CollectAsync(context, previous: null, stop),
            facts =>
            {
                (_isLooking, _facts) = (false, facts);
                Judge();
                _cursor.Go(_report!.Rows.ToList().FindIndex(r => r.Blocks));
            },
            e => (_isLooking, _problem) = (false, e)
        );
    }
}
