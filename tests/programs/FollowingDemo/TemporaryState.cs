namespace ErpInstaller.FollowingDemo;

/// <summary>A state directory that is gone afterwards.</summary>
internal sealed class TemporaryState : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("erp-installer-following-");

    public string Path => _directory.FullName;

    public void Dispose() => _directory.Delete(recursive: true);
}
