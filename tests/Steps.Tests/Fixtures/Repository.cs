namespace ErpInstaller.Tests.Fixtures;

/// <summary>The repository's files, as tests need them.</summary>
internal static class Repository
{
    /// <summary>The directory that holds the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>A file or directory of the repository.</summary>
    public static string In(params IEnumerable<string> names) => Path.Combine([Root, .. names]);

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "ErpInstaller.sln")))
        {
            directory = directory.Parent
                ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return directory.FullName;
    }
}
