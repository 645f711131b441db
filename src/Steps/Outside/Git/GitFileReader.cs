using System.Globalization;

namespace ErpInstaller.Outside.Git;

/// <summary>
/// Reads files of one commit through a temporary repository. It fetches the commit without history, its directories
/// without files, then the requested files. A server without filters sends the complete commit.
/// </summary>
internal static class GitFileReader
{
    private const string Remote = "origin";

    /// <inheritdoc cref="IGitRemote.ReadFilesAsync"/>
    /// <param name="workspace">The parent of the temporary repository; null for the system's directory.</param>
    public static async Task<IReadOnlyDictionary<string, string?>> ReadAsync(
        GitFiles files,
        GitLogin? login,
        string? workspace,
        CancellationToken cancellation
    )
    {
        await using var repository = new TemporaryRepository(workspace);
        await GitProgram.GitAsync(
            files.Url,
            null,
            ["init", "--quiet", "--bare", "--template=", repository.Path],
            cancellation
        );
        await FetchAsync(files, login, repository, cancellation);

        // Here git fetches the files, because it reports their lengths.
        var entries = await AskAsync(["ls-tree", "-l", "-z", files.Commit, "--", .. files.Paths]);
        var texts = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (path, id, length) in Parse(entries))
        {
            texts[path] =
                length is null
                    ? throw new RepositoryUnreachable(
                        $"{files.Url}: {path} cannot be fetched",
                        $"Try it by hand: git ls-remote {files.Url}"
                    )
                : length > files.Limit ? null
                : Text(await AskAsync(["cat-file", "blob", id]));
        }

        return texts;

        Task<string> AskAsync(string[] arguments) =>
            GitProgram.GitAsync(
                files.Url,
                login,
                [.. repository.Arguments, .. Partial(files.Url), .. arguments],
                cancellation
            );
    }

    /// <summary>Reads what <c>git ls-tree -l -z</c> prints; only plain files count.</summary>
    /// <returns>The length is null if git could not fetch the file.</returns>
    internal static IEnumerable<(string Path, string Id, long? Length)> Parse(string output)
    {
        foreach (var line in output.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split('\t', 2);
            var head = parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 2 && head is [['1', '0', '0', ..], "blob", var id, var length])
            {
                yield return (
                    parts[1],
                    id,
                    long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null
                );
            }
        }
    }

    private static async Task FetchAsync(
        GitFiles files,
        GitLogin? login,
        TemporaryRepository repository,
        CancellationToken cancellation
    )
    {
        string[] fetch = ["fetch", "--quiet", "--no-tags", "--depth=1"];
        try
        {
            await GitProgram.GitAsync(
                files.Url,
                login,
                [.. repository.Arguments, .. Partial(files.Url), .. fetch, "--filter=blob:none", Remote, files.Commit],
                cancellation
            );
        }
        catch (RepositoryUnreachable)
        {
            // Servers may refuse commits that no branch or tag points at, and old versions of git have no filters.
            await GitProgram.GitAsync(
                files.Url,
                login,
                [.. repository.Arguments, .. fetch, "--", files.Url, files.Ref],
                cancellation
            );
        }
    }

    // Passed with each command and never written to a file: missing objects come from that remote.
    private static string[] Partial(string url) =>
        [
            "-c",
            $"remote.{Remote}.url={url}",
            "-c",
            $"remote.{Remote}.promisor=true",
            "-c",
            $"remote.{Remote}.partialclonefilter=blob:none",
        ];

    // Git's output is already decoded. The replacement character shows bytes that were not UTF-8.
    private static string? Text(string content) =>
        content.Contains('\uFFFD', StringComparison.Ordinal) || content.Contains('\0', StringComparison.Ordinal)
            ? null
            : content;
}
