namespace ErpInstaller.Outside.Host;

/// <summary>Reads the kernel's files below a root: <c>/</c>, or a captured tree.</summary>
internal sealed class HostFiles(string root = "/")
{
    /// <summary>Maps an absolute path to its place below the root.</summary>
    public string At(string path) => root == "/" ? path : Path.Join(root, path);

    /// <summary>Reads a file's text and trims it; null when the file does not exist or may not be read.</summary>
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

    /// <summary>Reads a file's text and trims it.</summary>
    /// <exception cref="IOException">The file does not exist or may not be read.</exception>
    public string ReadOrThrow(string path) => Read(path) ?? throw new IOException($"{path}: cannot be read");

    /// <summary>Reads a file's lines; empty when the file does not exist.</summary>
    public string[] ReadLines(string path) => Read(path)?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
