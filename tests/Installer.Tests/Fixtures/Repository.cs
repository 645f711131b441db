namespace ErpInstaller.Tests.Fixtures;

/// <summary>The repository of these tests.</summary>
internal static class Repository
{
    /// <summary>Its root directory.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string directory) =>
        File.Exists(Path.Combine(directory, "ErpInstaller.sln")) ? directory : Find(Path.GetDirectoryName(directory)!);
}
