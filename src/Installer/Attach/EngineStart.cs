using ErpInstaller.Core.Files;
using ErpInstaller.Run;

namespace ErpInstaller.Attach;

/// <summary>The arguments of a detached run.</summary>
/// <param name="Directory">Its state directory.</param>
public sealed record EngineStart(StateDirectory Directory)
{
    /// <summary>What it does.</summary>
    public Operation Operation { get; init; } = Operation.Install;

    /// <summary>The answer file, or null for the accepted one of the state directory.</summary>
    public string? Answers { get; init; }

    /// <summary>Whether it is a rehearsal.</summary>
    public bool Rehearse { get; init; }

    /// <summary>Whether a person watches it: then a rehearsal runs at a pace that can be followed.</summary>
    public bool Watched { get; init; }

    /// <summary>Directory that replaces the embedded assets, or null.</summary>
    public string? Assets { get; init; }

    /// <summary>Whether to continue although the answers changed since the last run.</summary>
    public bool AcceptChanges { get; init; }

    /// <summary>Whether to resolve refs and base images again.</summary>
    public bool UpdateLock { get; init; }

    /// <summary>
    /// Environment variables for the run, in addition to this process's own: the secrets that the answers name with
    /// <c>{ env = "…" }</c>. A null value removes a variable.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The program to start, or null for this one.</summary>
    public string? Program { get; init; }

    internal IEnumerable<string> Arguments()
    {
        yield return Operation.Id;
        foreach (var word in Operation.Words)
        {
            yield return word;
        }

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
