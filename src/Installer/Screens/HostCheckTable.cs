using ErpInstaller.HostChecks;
using ErpInstaller.HostChecks.Checks;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>Host checks as lines: one row per check, and the details of one check.</summary>
internal static class HostCheckTable
{
    /// <summary>The column of the texts in the details.</summary>
    public const int Value = 8;

    private const int Found = 21;

    // Narrower terminals show only the sign, which leaves room for the text.
    private const int RoomForVerdict = 80;

    /// <summary>A check as one row.</summary>
    public static Line Row(HostCheckRow row, bool here, int width, Glyphs glyphs)
    {
        var (sign, tone) = Sign(row.Kind, glyphs);
        var line = new Line(here ? glyphs.Pointer : " ", Tone.Accent).Add(sign, tone).Add(" ").Add(row.Id).To(Found);
        line = width < RoomForVerdict ? line : line.Add(row.Verdict, tone).To(FoundAt(width));
        return line.Add(Beside(row)).Clip(width, glyphs.More);
    }

    /// <summary>The details: the requirement, the hint, the reason, and the measurement if the row cuts it.</summary>
    public static IEnumerable<Line> Details(HostCheckRow row, int width, Glyphs glyphs)
    {
        var (sign, tone) = Sign(row.Kind, glyphs);
        if (row.Kind != VerdictKind.Pass)
        {
            yield return new Line($"{sign} {row.Id}: {row.Verdict}", tone);
        }

        var isCut = FoundAt(width) + Columns.Of(row.Found) > width || Beside(row) != row.Found;
        IEnumerable<(string Name, string Text, Tone Tone)> parts =
        [
            ("needed", row.Needed, Tone.Normal),
            ("fix", row.Hint, Tone.Accent),
            ("reason", row.Reason ?? "", Tone.Normal),
            ("found", isCut ? row.Found : "", Tone.Normal),
        ];
        foreach (var line in parts.Where(p => p.Text.Length > 0).SelectMany(p => Part(p.Name, p.Text, p.Tone, width)))
        {
            yield return line;
        }
    }

    private static int FoundAt(int width) => width < RoomForVerdict ? Found : Found + 10;

    private static string Beside(HostCheckRow row) =>
        row.Kind == VerdictKind.Accepted ? $"accepted: {row.Reason}" : row.Found;

    private static IEnumerable<Line> Part(string name, string text, Tone tone, int width) =>
        Columns
            .Wrap(text, width - Value)
            .Select((part, i) => new Line(i == 0 ? name : "", Tone.Quiet).Pad(Value).Add(part, tone));

    private static (string Sign, Tone Tone) Sign(VerdictKind kind, Glyphs glyphs) =>
        kind switch
        {
            VerdictKind.Pass => (glyphs.Done, Tone.Good),
            VerdictKind.Warn => (glyphs.Warning, Tone.Warning),
            VerdictKind.Accepted => (glyphs.Done, Tone.Warning),
            VerdictKind.Unknown => ("?", Tone.Warning),
            _ => (glyphs.Failed, Tone.Bad),
        };
}
