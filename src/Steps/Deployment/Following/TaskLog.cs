namespace ErpInstaller.Deployment.Following;

/// <summary>What a task wrote last, as far as it could be read.</summary>
/// <param name="Lines">The lines of both streams, in the order of reading.</param>
internal sealed record TaskLog(IReadOnlyList<string> Lines)
{
    /// <summary>Those of stderr.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>Why not everything could be read; null: it could.</summary>
    public string? Missing { get; init; }

    /// <summary>What to do about <see cref="Missing"/>.</summary>
    public string? MissingHint { get; init; }

    /// <summary>What the task was doing when it ended, by its own words; null: it did not say.</summary>
    public string? Doing { get; init; }

    /// <summary>The file with the lines; null: they are kept nowhere.</summary>
    public string? File { get; init; }
}
