using System.Globalization;

namespace ErpInstaller.Lines;

/// <summary>Formats durations.</summary>
internal static class Duration
{
    /// <summary>For example <c>0.4 s</c>, <c>2 min 5 s</c>, <c>1 h 12 min</c>.</summary>
    public static string Text(double seconds) =>
        TimeSpan.FromSeconds(seconds) switch
        {
            { TotalSeconds: < 10 } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalSeconds:0.0} s"),
            { TotalMinutes: < 1 } t => $"{(int)t.TotalSeconds} s",
            { TotalHours: < 1 } t => $"{t.Minutes} min {t.Seconds} s",
            var t => $"{(int)t.TotalHours} h {t.Minutes} min",
        };
}
