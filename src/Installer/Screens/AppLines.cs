using System.Drawing;
using ErpInstaller.Apps.Requirements;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>The apps of a release as lines: one row per app, the details of one app, and a summary of all.</summary>
/// <param name="release">The release's version.</param>
/// <param name="glyphs">The characters for signs and bars.</param>
internal sealed class AppLines(string release, Glyphs glyphs)
{
    // On a narrower terminal only the details have title and description.
    private const int RoomForTitles = 90;
    private const int Name = 17;

    /// <summary>An app as one row.</summary>
    public Line Row(AppRow row, bool here, int width)
    {
        var line = new Line(here ? glyphs.Pointer : " ", Tone.Accent)
            .Add(row.IsTaken ? glyphs.Chosen : glyphs.Unchosen, row.IsTaken ? Tone.Good : Tone.Quiet)
            .Add($" {row.Name}")
            .To(Name + 1)
            .Add(row.IsOfRelease ? "  " : $"{glyphs.Warning} ", Tone.Warning)
            .Add(new Line(row.Ref).Clip(12, glyphs.More))
            .To(33);
        var (state, tone) = row switch
        {
            { Found: { Problem: not null, State: var why } } => (why, Tone.Bad),
            { Fit.Fit: AppFit.DoesNotFit } => ("does not fit", Tone.Bad),
            { Found.Commit: { } commit } => (commit[..12], Tone.Quiet),
            _ => (row.IsFixed ? "in the image" : "", Tone.Quiet),
        };
        var beside =
            row.BroughtBy is { } by && !row.IsChosen ? $"for {by}"
            : width < RoomForTitles ? ""
            : $"{row.Title}: {row.Description}";
        return line.Add(state, tone).To(46).Add(beside, Tone.Quiet).Clip(width, glyphs.More);
    }

    /// <summary>The details of an app: its description, whether it fits, and a note.</summary>
    public IEnumerable<Line> Details(AppRow row, int width)
    {
        var (fit, tone) = Fit(row);
        return
        [
            .. Wrapped($"{row.Title}: {row.Description}", Tone.Normal, width),
            .. Wrapped(fit, tone, width),
            .. Wrapped(row.Note, Tone.Quiet, width),
        ];
    }

    /// <summary>The most important thing about all apps in one line.</summary>
    public Line Summary(IReadOnlyList<AppRow> rows)
    {
        var taken = rows.Where(r => r.IsTaken).ToList();
        var problems = taken
            .Where(r => r.Found.Problem is not null)
            .GroupBy(r => (r.Found.State, r.Found.IsSilent), r => r.Name)
            .Select(g => $"{g.Key.State}{(g.Key.IsSilent ? " (r asks again)" : "")}: {string.Join(", ", g)}")
            .ToList();
        var others = taken.Where(r => !r.IsOfRelease && r.Fit?.Fit != AppFit.Fits).Select(r => r.Name).ToList();
        return problems.Count > 0 ? new Line(string.Join("; ", problems), Tone.Bad)
            : taken.Find(r => r.Fit?.Fit == AppFit.DoesNotFit) is { } unfit
                ? new Line($"{unfit.Name} does not fit: {unfit.Fit!.Description}", Tone.Bad)
            : taken.Exists(r => !r.IsFixed && r.Fit is null)
                ? new Line($"{taken.Count} apps, looking up refs", Tone.Quiet)
            : others.Count > 0
                ? new Line($"{taken.Count} apps, not at {release}'s ref: {string.Join(", ", others)}", Tone.Warning)
            : new Line($"{taken.Count} apps", Tone.Quiet);
    }

    private static IEnumerable<Line> Wrapped(string text, Tone tone, int width) =>
        Columns.Wrap(text, width).Select(l => new Line(l, tone));

    private static string Brings(AppRow row) =>
        row.Requires.Count > 0 ? $"; brings {string.Join(", ", row.Requires)}" : "";

    private (string Text, Tone Tone) Fit(AppRow row) =>
        row switch
        {
            { Found.Problem: { } problem } => ($"{glyphs.Failed} {problem}", Tone.Bad),
            { IsFixed: true } => ($"{glyphs.Done} Included in the base image.", Tone.Good),
            { Fit: { Fit: AppFit.DoesNotFit } not } => (
                $"{glyphs.Failed} Does not fit: {string.Join("; ", not.Misfits.Select(m => m.Describe()))}",
                Tone.Bad
            ),
            { Fit: { Fit: AppFit.Fits } fits } => (
                $"{glyphs.Done} Fits {release}: {fits.Description}{Brings(row)}",
                Tone.Good
            ),
            { IsOfRelease: true } => ($"{glyphs.Done} Fits {release}{Brings(row)}.", Tone.Good),
            { Fit: { } unknown } => (
                $"{glyphs.Warning} Not known to fit: {unknown.Description}{Brings(row)}",
                Tone.Warning
            ),
            _ => ($"{glyphs.Warning} Not {release}'s {row.OwnRef}{Brings(row)}.", Tone.Warning),
        };
}
