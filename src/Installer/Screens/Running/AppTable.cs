using ErpInstaller.Core.Text;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens.Running;

/// <summary>The progress of the image's apps as a table.</summary>
internal static class AppTable
{
    private const int First = 15;
    private const int Wide = 13;

    private static readonly (string Part, string Heading)[] _columns =
    [
        ("fetching", "fetched"),
        ("installing", "installed"),
        ("building the front end", "front end"),
    ];

    /// <summary>Its lines with a heading; no lines until an app's build begins.</summary>
    public static IEnumerable<Line> Draw(IReadOnlyCollection<AppBuildView> apps, Glyphs glyphs)
    {
        if (apps.Count == 0)
        {
            yield break;
        }

        var heading = new Line();
        for (var column = 0; column < _columns.Length; column++)
        {
            heading.Pad(First + (column * Wide)).Add(_columns[column].Heading, Tone.Quiet);
        }

        yield return heading;
        foreach (var app in apps)
        {
            yield return Draw(app, glyphs);
        }
    }

    private static Line Draw(AppBuildView app, Glyphs glyphs)
    {
        var line = new Line(app.App, app.Parts.Values.Any(s => s is null) ? Tone.Strong : Tone.Normal);
        for (var column = 0; column < _columns.Length; column++)
        {
            var (sign, tone, time) = app.Parts.TryGetValue(_columns[column].Part, out var seconds)
                ? Sign(seconds, glyphs)
                : (glyphs.Waiting, Tone.Quiet, "");
            line.Pad(First + (column * Wide)).Add(sign, tone).Add(time, Tone.Quiet);
        }

        return line;
    }

    private static (string Sign, Tone Tone, string Time) Sign(double? seconds, Glyphs glyphs) =>
        seconds switch
        {
            null => (glyphs.Running, Tone.Accent, ""),
            < 1 => (glyphs.Done, Tone.Good, ""),
            { } took => (glyphs.Done, Tone.Good, $" {Duration.Clock(took)}"),
        };
}
