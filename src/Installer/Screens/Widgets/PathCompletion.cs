namespace ErpInstaller.Screens.Widgets;

/// <summary>Completes a path as Tab does in a shell.</summary>
internal static class PathCompletion
{
    /// <summary>The path, extended as far as all matching files agree; unchanged if they do not.</summary>
    public static string Complete(string path)
    {
        var found = Entries(path);
        var common = found.Count == 0 ? path : found.Aggregate(Common);
        return found is [var only] && Directory.Exists(only) ? only + "/" : common;
    }

    /// <summary>The names that match a path, if there are several. Folders end with a slash.</summary>
    public static IReadOnlyList<string> Names(string path) =>
        Entries(path) is { Count: > 1 } entries
            ?
            [
                .. entries
                    .Select(e => Path.GetFileName(e) + (Directory.Exists(e) ? "/" : ""))
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    private static List<string> Entries(string path)
    {
        var (folder, begun) = (Path.GetDirectoryName(path), Path.GetFileName(path));
        if (string.IsNullOrEmpty(folder) || !Directory.Exists(folder))
        {
            return [];
        }

        // Hidden files match only after a typed dot.
        var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = 0 };
        return
        [
            .. Directory
                .EnumerateFileSystemEntries(folder, "*", options)
                .Where(f =>
                    Path.GetFileName(f) is var name
                    && name.StartsWith(begun, StringComparison.Ordinal)
                    && (begun.Length > 0 || name[0] != '.')
                ),
        ];
    }

    private static string Common(string one, string other) =>
        one[..one.Zip(other).TakeWhile(p => p.First == p.Second).Count()];
}
