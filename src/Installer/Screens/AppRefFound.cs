namespace ErpInstaller.Screens;

/// <summary>What a repository said of an app's ref.</summary>
/// <param name="Commit">Where it leads; null: not known.</param>
/// <param name="Problem">Why it is not known, with what mends it; null where it is known or still asked for.</param>
/// <param name="IsSilent">The repository did not answer: asked again, it may.</param>
internal readonly record struct AppRefFound(string? Commit = null, string? Problem = null, bool IsSilent = false)
{
    /// <summary>The problem in two words, for the app's row.</summary>
    public string State => IsSilent ? "no answer" : "not there";
}
