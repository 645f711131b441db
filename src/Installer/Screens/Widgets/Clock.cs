using System.Globalization;

namespace ErpInstaller.Screens.Widgets;

/// <summary>Durations as a clock shows them, in few columns.</summary>
internal static class Clock
{
    /// <summary>For example <c>0:04</c>, <c>12:31</c>, <c>1:02:09</c>.</summary>
    public static string Text(double seconds) =>
        TimeSpan.FromSeconds(seconds) switch
        {
            { TotalHours: < 1 } t => $"{t.Minutes}:{t.Seconds:00}",
            var t => $"{(int)t.TotalHours}:{t.Minutes:00}:{t.Seconds:00}",
        };

    /// <summary>The same in five columns at most: <c>12:31</c>, <c>1h02</c>.</summary>
    public static string Brief(double seconds) =>
        TimeSpan.FromSeconds(seconds) switch
        {
            { TotalHours: < 1 } => Text(seconds),
            var t => $"{(int)t.TotalHours}h{t.Minutes:00}",
        };

    /// <summary>A time in words: <c>14 min ago, at 22:31</c>; with the date if it was another day.</summary>
    public static string Ago(DateTimeOffset then, TimeProvider time)
    {
        var zone = time.LocalTimeZone;
        var (now, local) = (TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone), TimeZoneInfo.ConvertTime(then, zone));
        var words = (now - local) switch
        {
            { TotalMinutes: < 1 } => "just now",
            { TotalHours: < 1 } t => $"{(int)t.TotalMinutes} min ago",
            { TotalDays: < 2 } t => $"{(int)t.TotalHours} h ago",
            var t => $"{(int)t.TotalDays} days ago",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{words}, {(now.Date == local.Date ? "" : $"{local:yyyy-MM-dd} ")}at {local:HH:mm}"
        );
    }
}
