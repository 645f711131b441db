namespace ErpInstaller.Tests.Fixtures;

/// <summary>A directory of a test's own, removed after it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    /// <summary>Its absolute path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("erp-installer-test-").FullName;

    /// <summary>A path below it.</summary>
    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
