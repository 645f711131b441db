namespace ErpInstaller.Tests.Fixtures;

/// <summary>Text that is kept in the repository as it must come out.</summary>
internal static class GoldenFile
{
    /// <summary>
    /// Compares with the file. <c>UPDATE_GOLDEN=1 ./test NAME</c> writes it anew instead; git then shows what changed.
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
