namespace ErpInstaller.Outside.Git;

/// <summary>
/// Remote repositories through the installed <c>git</c>, with the operator's own configuration and ssh agent.
/// </summary>
/// <param name="workspace">Directory for temporary repositories; null for the system's.</param>
internal sealed class GitRemote(string? workspace = null) : IGitRemote
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PatienceForFiles = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public Task<IReadOnlyList<GitRef>> ListRefsAsync(string url, GitLogin? login, CancellationToken cancellation) =>
        WithinAsync(
            Patience,
            url,
            async stop =>
                Parse(await GitProgram.GitAsync(url, login, ["ls-remote", "--heads", "--tags", "--", url], stop)),
            cancellation
        );

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, string?>> ReadFilesAsync(
        GitFiles files,
        GitLogin? login,
        CancellationToken cancellation
    ) =>
        WithinAsync(
            PatienceForFiles,
            files.Url,
            stop => GitFileReader.ReadAsync(files, login, workspace, stop),
            cancellation
        );

    /// <inheritdoc/>
    public Task PackAsync(GitPack pack, CancellationToken cancellation) =>
        GitProgram.ScriptAsync(pack.Url, [pack.Script, pack.Url, pack.Commit, pack.Ref, pack.File], cancellation);

    /// <summary>
    /// Reads what <c>git ls-remote --heads --tags</c> prints; an annotated tag stands for its commit.
    /// </summary>
    internal static IReadOnlyList<GitRef> Parse(string output)
    {
        const string Peeled = "^{}";
        const string Tags = "refs/tags/";
        const string Heads = "refs/heads/";
        var refs = new Dictionary<string, GitRef>(StringComparer.Ordinal);
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split('\t', 2);
            var isTag = parts[^1].StartsWith(Tags, StringComparison.Ordinal);
            if (parts.Length != 2 || (!isTag && !parts[1].StartsWith(Heads, StringComparison.Ordinal)))
            {
                continue;
            }

            var full = parts[1].EndsWith(Peeled, StringComparison.Ordinal) ? parts[1][..^Peeled.Length] : parts[1];
            var name = full[(isTag ? Tags : Heads).Length..];

            // The peeled line follows and replaces the id of the tag object.
            refs[full] = new GitRef(name, parts[0], isTag);
        }

        return [.. refs.Values];
    }

    private static async Task<T> WithinAsync<T>(
        TimeSpan patience,
        string url,
        Func<CancellationToken, Task<T>> ask,
        CancellationToken cancellation
    )
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(patience);
        try
        {
            return await ask(deadline.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new RepositoryUnreachable(
                $"{url}: no answer within {patience.TotalSeconds:0} s",
                $"Try it by hand: git ls-remote {url}",
                e
            );
        }
    }
}
