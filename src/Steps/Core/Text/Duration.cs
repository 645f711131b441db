using System.Globalization;

namespace ErpInstaller.Core.Text;

/// <summary>Durations as text: in words, as an estimate, and as a clock shows them.</summary>
public static class Duration
{
    /// <summary>In words, for example <c>0.4 s</c>, <c>2 min 5 s</c>, <c>1 h 12 min</c>.</summary>
    public static string Text(double seconds) =>
        TimeSpan.FromSeconds(seconds) switch
        {
            { TotalSeconds: < 10 } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalSeconds:0.0} s"),
            { TotalMinutes: < 1 } t => $"{(int)t.TotalSeconds} s",
            { TotalHours: < 1 } t => $"{t.Minutes} min {t.Seconds} s",
            var t => $"{(int)t.TotalHours} h {t.Minutes} min",
        };

    /// <summary>In words and rounded down to one unit, for example <c>12 s</c>, <c>3 min</c>.</summary>
    public static string Rough(TimeSpan time) =>
        time.TotalMinutes < 1 ? $"{(int)time.TotalSeconds} s" : $"{(int)time.TotalMinutes} min";

    /// <summary>An estimate, no more exact than it is: <c>about 6 min left</c>.</summary>
    public static string Left(TimeSpan left)
    {
        var minutes = (int)Math.Ceiling(left.TotalMinutes);
        return minutes <= 1 ? "about a minute left"
            : minutes < 60 ? $"about {minutes} min left"
            : $"about {minutes / 60} h {minutes % 60} min left";
    }

    /// <summary>As a clock, for example <c>0:04</c>, <c>12:31</c>, <c>1:02:09</c>.</summary>
    public static string Clock(double seconds) =>
        TimeSpan.FromSeconds(seconds) switch
        {
            { TotalHours: < 1 } t => $"{t.Minutes}:{t.Seconds:00}",
            var t => $"{(int)t.TotalHours}:{t.Minutes:00}:{t.Seconds:00}",
        };

    /// <summary>As a clock in five columns at most: <c>12:31</c>, <c>1h02</c>.</summary>
    public static string ShortClock(double seconds) =>
        TimeSpan.FromSeconds(seconds) switch
        {
            { TotalHours: < 1 } => Clock(seconds),
            var t => $"{(int)t.TotalHours}h{t.Minutes:00}",
        };

    /// <summary>
    /// The time that has passed since a moment, and the moment: <c>14 min ago, at 22:31</c>; with the date when it was
    /// another day.
    /// </summary>
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
