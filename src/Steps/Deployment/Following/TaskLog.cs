namespace ErpInstaller.Deployment.Following;

/// <summary>The last lines of a task, as far as they could be read.</summary>
/// <param name="Lines">The lines of both streams, in the order of reading.</param>
internal sealed record TaskLog(IReadOnlyList<string> Lines)
{
    /// <summary>The lines of stderr.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>Why some lines could not be read; null: all were read.</summary>
    public string? Missing { get; init; }

    /// <summary>What to do about <see cref="Missing"/>.</summary>
    public string? MissingHint { get; init; }

    /// <summary>The work of the task when it ended, in its own words; null: it did not report any.</summary>
    public string? Doing { get; init; }

    /// <summary>The file with the lines; null: there is no file.</summary>
    public string? File { get; init; }
}
