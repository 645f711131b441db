namespace ErpInstaller.Outside.Host;

/// <summary>The kernel's files below a root: <c>/</c>, or a captured tree.</summary>
internal sealed class HostFiles(string root = "/")
{
    /// <summary>The place of an absolute path below the root.</summary>
    public string At(string path) => root == "/" ? path : Path.Join(root, path);

    /// <summary>A file's text without white space around it; null when it is not there or may not be read.</summary>
    public string? Read(string path)
    {
        try
        {
            return File.ReadAllText(At(path)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A file's text.</summary>
    /// <exception cref="IOException">It is not there, or may not be read.</exception>
    public string ReadOrThrow(string path) => Read(path) ?? throw new IOException($"{path}: cannot be read");

    /// <summary>A file's lines; none when it is not there.</summary>
    public string[] ReadLines(string path) => Read(path)?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
