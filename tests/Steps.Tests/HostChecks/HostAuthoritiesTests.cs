using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ErpInstaller.Outside.Host;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.HostChecks;

/// <summary>The CAs that an administrator added to a host, read from a directory that stands for its root.</summary>
public sealed class HostAuthoritiesTests : IDisposable
{
    private readonly TemporaryDirectory _root = new();

    [Theory]
    [InlineData("Debian", "usr/local/share/ca-certificates/company/root.crt")]
    [InlineData("Red Hat", "etc/pki/ca-trust/source/anchors/company.pem")]
    [InlineData("SUSE", "etc/pki/trust/anchors/company.pem")]
    [InlineData("Arch", "etc/ca-certificates/trust-source/anchors/company.crt")]
    public void An_added_CA_is_found_where_the_system_keeps_it(string system, string path)
    {
        using var authority = Authority("Example");
        Write(path, authority.ExportCertificatePem());

        var found = new LinuxHost(_root.Path).ReadAddedAuthorities();

        Assert.Equal((system, authority.ExportCertificatePem() + "\n"), (system, found.Pem));
        Assert.Equal([_root.In(path)], found.Files);
    }

    [Fact]
    public void DER_and_files_with_several_certificates_become_one_text_with_each_certificate_once()
    {
        using var one = Authority("One");
        using var two = Authority("Two");
        Directory.CreateDirectory(_root.In("usr/local/share/ca-certificates"));
        File.WriteAllBytes(_root.In("usr/local/share/ca-certificates/a.crt"), one.RawData);
        Write(
            "usr/local/share/ca-certificates/b.crt",
            $"Subject: Two\n{two.ExportCertificatePem()}\r\n{one.ExportCertificatePem()}\n"
        );

        var found = new LinuxHost(_root.Path).ReadAddedAuthorities();

        Assert.Equal($"{one.ExportCertificatePem()}\n{two.ExportCertificatePem()}\n", found.Pem);
        Assert.Equal(2, found.Files.Count);
    }

    [Fact]
    public void Files_without_a_certificate_are_named()
    {
        Write("usr/local/share/ca-certificates/README.txt", "not read");
        Write("usr/local/share/ca-certificates/broken.crt", "-----BEGIN CERTIFICATE-----\nAAAA\n");
        Write("usr/local/share/ca-certificates/empty.crt", "");

        var found = new LinuxHost(_root.Path).ReadAddedAuthorities();

        Assert.Equal(("", 0), (found.Pem, found.Files.Count));
        Assert.Equal(["broken.crt", "empty.crt"], found.Unreadable.Select(Path.GetFileName));
    }

    /// <inheritdoc/>
    public void Dispose() => _root.Dispose();

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root.In(path))!);
        File.WriteAllText(_root.In(path), text);
    }
}
