namespace ErpInstaller.Run;

/// <summary>A look of <c>doctor</c> at the running installation.</summary>
/// <param name="Look">The look's id.</param>
/// <param name="Verdict">Its verdict.</param>
/// <param name="Found">What was found.</param>
/// <param name="Expected">What a healthy installation has.</param>
/// <param name="Hint">A command that helps, or empty.</param>
public sealed record LookTaken(string Look, LookVerdict Verdict, string Found, string Expected, string Hint)
    : EngineEvent
{
    /// <summary>A verdict as lines and JSON show it.</summary>
    public static string WordOf(LookVerdict verdict) => verdict.ToString().ToLowerInvariant();

    public override EngineEvent WithTexts(Func<string, string> clean) =>
        this with
        {
            Found = clean(Found),
            Expected = clean(Expected),
            Hint = clean(Hint),
        };
}

/// <summary>The verdict of a look. A later one is worse.</summary>
public enum LookVerdict
{
    /// <summary>As it should be.</summary>
    Well,

    /// <summary>It cannot be known now.</summary>
    Unknown,

    /// <summary>It works, and needs attention.</summary>
    Warns,

    /// <summary>It does not work, or data is in danger.</summary>
    Bad,
}
