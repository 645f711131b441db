using ErpInstaller.Terminal;

namespace ErpInstaller.Screens.Widgets;

/// <summary>Which part of a long list is seen.</summary>
internal static class Scroll
{
    /// <summary>The first line to show so that the selected one is seen, moving no more than needed.</summary>
    public static int Follow(int first, int selected, int count, int height)
    {
        var last = Math.Max(0, count - height);
        return Math.Clamp(Math.Clamp(first, selected - height + 1, Math.Max(selected, 0)), 0, last);
    }

    /// <summary>The line under a list that says how much of it is out of sight; blank where all is seen.</summary>
    public static Line Rest(int first, int count, int height) =>
        (first, Math.Max(0, count - height - first)) switch
        {
            (<= 0, 0) => Line.Empty,
            (<= 0, var below) => new Line($"  {below} more below", Tone.Quiet),
            (var above, 0) => new Line($"  {above} more above", Tone.Quiet),
            var (above, below) => new Line($"  {above} more above, {below} below", Tone.Quiet),
        };
}
