namespace ErpInstaller.Screens;

/// <summary>Tab in a path, as in a shell.</summary>
internal static class PathCompletion
{
    /// <summary>The path as far as the files there leave no choice; the same path when nothing can be added.</summary>
    public static string Complete(string path)
    {
        var (folder, begun) = (Path.GetDirectoryName(path), Path.GetFileName(path));
        if (folder is null || !Directory.Exists(folder))
        {
            return path;
        }

        var options = new EnumerationOptions { IgnoreInaccessible = true };
        var found = Directory.EnumerateFileSystemEntries(folder, "*", options).Where(f => Path.GetFileName(f).StartsWith(begun, StringComparison.Ordinal)).ToList();
        var common = found.Count == 0 ? path : found.Aggregate(Common);
        return found is [var only] && Directory.Exists(only) ? only + "/" : common;
    }

    private static string Common(string one, string other) =>
        one[..one.Zip(other).TakeWhile(p => p.First == p.Second).Count()];
}
