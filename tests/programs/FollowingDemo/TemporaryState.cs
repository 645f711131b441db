namespace ErpInstaller.FollowingDemo;

/// <summary>A temporary state directory.</summary>
internal sealed class TemporaryState : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("erp-installer-following-");

    public string Path => _directory.FullName;

    public void Dispose() => _directory.Delete(recursive: true);
}
