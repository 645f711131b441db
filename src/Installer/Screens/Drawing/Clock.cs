namespace ErpInstaller.Screens.Drawing;

/// <summary>Durations as a clock shows them, in few columns.</summary>
internal static class Clock
{
    /// <summary>For example <c>0:04</c>, <c>12:31</c>, <c>1:02:09</c>.</summary>
    public static string Text(double seconds) => TimeSpan.FromSeconds(seconds) switch
    {
        { TotalHours: < 1 } t => $"{t.Minutes}:{t.Seconds:00}",
        var t => $"{(int)t.TotalHours}:{t.Minutes:00}:{t.Seconds:00}",
    };
}
