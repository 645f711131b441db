namespace ErpInstaller.Image;

/// <summary>Times of an estimate in words: no more exact than they are.</summary>
internal static class TimeLeft
{
    /// <summary><c>about 6 min left</c>.</summary>
    public static string Words(TimeSpan left)
    {
        var minutes = (int)Math.Ceiling(left.TotalMinutes);
        return minutes <= 1 ? "about a minute left"
            : minutes < 60 ? $"about {minutes} min left"
            : $"about {minutes / 60} h {minutes % 60} min left";
    }

    /// <summary><c>12 s</c>, <c>3 min</c>.</summary>
    public static string Ago(TimeSpan time) =>
        time.TotalMinutes < 1 ? $"{(int)time.TotalSeconds} s" : $"{(int)time.TotalMinutes} min";
}
