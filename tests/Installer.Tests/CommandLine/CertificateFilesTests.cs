using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.CommandLine;

/// <summary>The files of a provided certificate, as commands check them before an installation.</summary>
public sealed class CertificateFilesTests : IDisposable
{
    private readonly Product _product = new();

    [Fact]
    public async Task Validate_warns_of_certificate_files_that_are_not_on_this_host()
    {
        var run = await _product.RunAsync("validate", Answers());

        Assert.Equal(0, run.ExitCode);
        foreach (
            var file in (string[])["certificate.certificate: there is no file ", "certificate.key: there is no file "]
        )
        {
            Assert.Contains($"warning: {file}", run.Errors, StringComparison.Ordinal);
        }

        Assert.Contains("erp-installer check", run.Errors, StringComparison.Ordinal);
        Assert.Contains("valid: erp.example.com", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_refuses_a_certificate_that_cannot_serve_the_site()
    {
        Provide(days: -1);

        (await _product.RunAsync("validate", Answers())).FailedWith(4, "the certificate expired on");
    }

    [Fact]
    public async Task Validate_checks_the_certificate_although_only_the_key_is_missing()
    {
        Provide(days: -1);
        File.Delete(_product.In("site.key"));

        var run = await _product.RunAsync("validate", Answers());

        Assert.Equal(4, run.ExitCode);
        Assert.Contains("the certificate expired on", run.Errors, StringComparison.Ordinal);
        Assert.Contains("certificate.key: there is no file ", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("validate", 0)]
    [InlineData("plan --rehearse --answers", 10)]
    [InlineData("check --rehearse --answers", 0)]
    public async Task Warnings_about_the_certificate_come_before_an_installation(string command, int exitCode)
    {
        Provide(days: 20);

        var run = await _product.RunAsync([.. command.Split(' '), Answers()]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Matches(@"warning: certificate\.certificate: .*: the certificate expires on", run.Output + run.Errors);
    }

    public void Dispose() => _product.Dispose();

    private string Answers() =>
        _product.Write(
            "answers.toml",
            $"""
            schema = 1
            site.name = "erp.example.com"
            [certificate]
            mode = "provided"
            certificate = "{_product.In("site.crt")}"
            key = "{_product.In("site.key")}"
            """
        );

    // The program has this host's clock.
    private void Provide(int days)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=erp.example.com", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("erp.example.com");
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-60),
            DateTimeOffset.UtcNow.AddDays(days)
        );
        _product.Write("site.crt", made.ExportCertificatePem());
        File.SetUnixFileMode(
            _product.Write("site.key", key.ExportPkcs8PrivateKeyPem()),
            UnixFileMode.UserRead | UnixFileMode.UserWrite
        );
    }
}
