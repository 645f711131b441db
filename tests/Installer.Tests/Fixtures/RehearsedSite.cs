namespace ErpInstaller.Tests.Fixtures;

/// <summary>The state directory of a site that the program installed in a rehearsal.</summary>
internal static class RehearsedSite
{
    private static readonly Lazy<Dictionary<string, byte[]>> _files = new(Install);

    /// <summary>Writes its files into a state directory. The first call installs the site.</summary>
    public static void WriteTo(string directory)
    {
        foreach (var (name, bytes) in _files.Value)
        {
            var path = Path.Combine(directory, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
        }
    }

    private static Dictionary<string, byte[]> Install()
    {
        using var product = new Product();
        // On the pool: a test may wait for this on the thread of its own synchronization context.
        var run = Task.Run(() => product.RunAsync("install", "--rehearse", "--answers", Product.Sample));
        Assert.Equal(0, run.GetAwaiter().GetResult().ExitCode);
        return Directory
            .EnumerateFiles(product.StateDirectory, "*", SearchOption.AllDirectories)
            .ToDictionary(f => Path.GetRelativePath(product.StateDirectory, f), File.ReadAllBytes);
    }
}
