namespace ErpInstaller.Outside.Git;

/// <summary>
/// A temporary bare repository. It is deleted on disposal, even after git was killed.
/// </summary>
/// <param name="parent">Its parent directory; null for the system's.</param>
internal sealed class TemporaryRepository(string? parent) : IAsyncDisposable
{
    private const string Prefix = "erp-installer-app-";
    private const int Tries = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly DirectoryInfo _directory = Create(parent);

    /// <summary>
    /// Options for each command: no hooks and no background work.
    /// </summary>
    public IReadOnlyList<string> Arguments =>
        [
            $"--git-dir={_directory.FullName}",
            "-c",
            "core.hooksPath=/dev/null",
            "-c",
            "gc.auto=0",
            "-c",
            "maintenance.auto=false",
        ];

    /// <summary>Its directory.</summary>
    public string Path => _directory.FullName;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        for (var left = Tries; ; left--)
        {
            try
            {
                _directory.Delete(recursive: true);
                return;
            }
            catch (IOException) when (left > 1)
            {
                // A child of a killed git may still write a file while the directory is deleted.
                await Task.Delay(Pause);
            }
        }
    }

    private static DirectoryInfo Create(string? parent)
    {
        try
        {
            // Only the owner may read it.
            return parent is null
                ? Directory.CreateTempSubdirectory(Prefix)
                : Directory.CreateDirectory(
                    System.IO.Path.Combine(parent, Prefix + System.IO.Path.GetRandomFileName()),
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RepositoryUnreachable(
                $"no temporary directory can be created: {e.Message}",
                "Check its free space and TMPDIR.",
                e
            );
        }
    }
}
