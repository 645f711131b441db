namespace ErpInstaller.Tests.Fixtures;

/// <summary>An expected text, kept as a file in the repository.</summary>
internal static class GoldenFile
{
    /// <summary>
    /// Compares with the file. <c>UPDATE_GOLDEN=1 ./test NAME</c> rewrites the file instead; git then shows the change.
    /// </summary>
    public static void Check(string path, string text)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path), text);
    }
}
