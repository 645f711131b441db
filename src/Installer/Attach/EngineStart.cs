using ErpInstaller.Core.Files;

namespace ErpInstaller.Attach;

/// <summary>What an install in a process of its own is started with.</summary>
/// <param name="Directory">Where its state is.</param>
public sealed record EngineStart(StateDirectory Directory)
{
    /// <summary>The answer file; null: the accepted one of the state directory.</summary>
    public string? Answers { get; init; }

    /// <summary>Everything outside is simulated.</summary>
    public bool Rehearse { get; init; }

    /// <summary>A person watches it from here: a rehearsal takes the time to be followed.</summary>
    public bool Watched { get; init; }

    /// <summary>Directory that replaces the embedded assets; null: none does.</summary>
    public string? Assets { get; init; }

    /// <summary>Go on although the answers changed since steps were done with them.</summary>
    public bool AcceptChanges { get; init; }

    /// <summary>Resolve refs and base images again.</summary>
    public bool UpdateLock { get; init; }

    /// <summary>
    /// Variables on top of this process's own, which the engine inherits: the secrets that the answers name by
    /// <c>{ env = "…" }</c>. Null removes one.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The program to start; null: this one.</summary>
    public string? Program { get; init; }

    internal IEnumerable<string> Arguments()
    {
        yield return "install";
        yield return DetachedRun.Option;
        yield return "--state-dir";
        yield return Directory.Path;
        foreach (var word in Optional())
        {
            yield return word;
        }
    }

    private IEnumerable<string> Optional() =>
        [
            .. Answers is null ? [] : (string[])["--answers", Path.GetFullPath(Answers)],
            .. Assets is null ? [] : (string[])["--assets", Path.GetFullPath(Assets)],
            .. Rehearse ? ["--rehearse"] : Array.Empty<string>(),
            .. Rehearse && Watched ? [DetachedRun.Watched] : Array.Empty<string>(),
            .. AcceptChanges ? ["--accept-changes"] : Array.Empty<string>(),
            .. UpdateLock ? ["--update-lock"] : Array.Empty<string>(),
        ];
}
