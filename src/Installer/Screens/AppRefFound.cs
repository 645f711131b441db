namespace ErpInstaller.Screens;

/// <summary>What a repository said of an app's ref.</summary>
/// <param name="Commit">Where it leads; null: not known.</param>
/// <param name="Problem">Why it is not known, with what mends it; null where it is known or still asked for.</param>
/// <param name="State">The same in two words, for the app's row.</param>
internal readonly record struct AppRefFound(string? Commit, string? Problem, string State)
{
    /// <summary>It is still asked for.</summary>
    public static AppRefFound NotYet { get; } = new(null, null, "");
}
