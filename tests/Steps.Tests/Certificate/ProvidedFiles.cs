using ErpInstaller.Certificate;
using ErpInstaller.Certificate.Provided;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Certificate;

/// <summary>The two provided files, for the site <c>erp.example.com</c>.</summary>
public abstract class ProvidedFiles : IDisposable
{
    private protected const string Site = "erp.example.com";
    private readonly TemporaryDirectory _directory = new();
    private protected readonly Issued _root = Issued.Root();
    private protected readonly Issued _intermediate;

    private protected ProvidedFiles() => _intermediate = _root.Authority();

    private protected string Chain => _directory.In("fullchain.pem");

    private protected string Key => _directory.In("privkey.pem");

    public void Dispose()
    {
        _intermediate.Dispose();
        _root.Dispose();
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static CertificateFinding OnlyFinding(ProvidedCertificate given)
    {
        var finding = Assert.Single(given.Findings);
        Assert.Equal(finding.IsWarning, given.Files is not null);
        return finding;
    }

    private protected static void Write(string path, string text)
    {
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private protected ProvidedCertificate Examine(string chain, string key)
    {
        Write(Chain, chain);
        Write(Key, key);
        return Examine();
    }

    private protected ProvidedCertificate Examine() => ProvidedCertificate.Examine(Chain, Key, Site, Issued.Now);
}
