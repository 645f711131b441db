using ErpInstaller.Certificate;
using ErpInstaller.Certificate.Provided;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Certificate;

/// <summary>Certificate files that operators make with openssl.</summary>
public sealed class OpenSslFilesTests : IDisposable
{
    private static readonly string[] Proper =
    [
        "-subj",
        "/CN=erp.example.com",
        "-addext",
        "subjectAltName=DNS:erp.example.com",
        "-addext",
        "basicConstraints=critical,CA:FALSE",
    ];

    private readonly TemporaryDirectory _directory = new();

    [Theory]
    [InlineData("rsa:2048")]
    [InlineData("ec:P-256")]
    [InlineData("ec:P-384")]
    public async Task A_certificate_made_with_openssl_is_accepted(string kind)
    {
        await RequestAsync(kind);

        Assert.Empty(Check());
    }

    [Theory]
    [InlineData("rsa:2048")]
    [InlineData("ec:P-256")]
    public async Task A_key_that_openssl_wrote_is_delivered_unchanged(string kind)
    {
        await RequestAsync(kind);

        var given = ProvidedCertificate.Examine(
            _directory.In("site.crt"),
            _directory.In("site.key"),
            "erp.example.com",
            TimeProvider.System.GetUtcNow()
        );

        Assert.Equal(await File.ReadAllTextAsync(_directory.In("site.key")), given.Files!.KeyPem);
    }

    [Theory]
    [InlineData("rsa", "-traditional")]
    [InlineData("ec", "-traditional")]
    public async Task A_key_in_an_older_format_is_accepted(string kind, string format)
    {
        await RequestAsync(kind == "rsa" ? "rsa:2048" : "ec:P-256");
        await KeyAsync(format);

        Assert.Contains(
            $"BEGIN {kind.ToUpperInvariant()} PRIVATE KEY",
            await File.ReadAllTextAsync(_directory.In("site.key")),
            StringComparison.Ordinal
        );
        Assert.Empty(Check());
    }

    [Theory]
    [InlineData("-aes256")]
    [InlineData("-aes256", "-traditional")]
    public async Task An_encrypted_key_is_refused_with_the_command_that_decrypts_it(params string[] options)
    {
        await RequestAsync("rsa:2048");
        await KeyAsync([.. options, "-passout", "pass:secret"]);

        var finding = Assert.Single(Check());

        Assert.Equal(CertificateProblem.KeyEncrypted, finding.Problem);
        Assert.Contains($"openssl pkey -in {_directory.In("site.key")}", finding.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_without_SAN_is_refused_for_each_reason()
    {
        await RequestAsync("rsa:2048", "-subj", "/CN=erp.example.com");

        Assert.Equal(
            [CertificateProblem.NameNotCovered, CertificateProblem.OfAuthority],
            Check().Select(f => f.Problem)
        );
    }

    [Theory]
    [InlineData("ed25519")]
    [InlineData("ec:secp256k1")]
    public async Task A_key_that_browsers_do_not_accept_is_refused(string kind)
    {
        await RequestAsync(kind);

        Assert.Equal(CertificateProblem.KeyUnsupported, Assert.Single(Check()).Problem);
    }

    [Fact]
    public async Task A_certificate_signed_with_SHA1_is_refused()
    {
        await RequestAsync("rsa:2048", ["-sha1", .. Proper]);

        var finding = Assert.Single(Check());

        Assert.Equal(CertificateProblem.WeakSignature, finding.Problem);
        Assert.Contains("signed with sha1RSA", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_key_is_refused()
    {
        await RequestAsync("rsa:2048");
        var text = await File.ReadAllTextAsync(_directory.In("site.key"));
        await File.WriteAllTextAsync(_directory.In("site.key"), text[..(text.Length / 2)]);

        Assert.Equal(CertificateProblem.NotPem, Assert.Single(Check()).Problem);
    }

    [Fact]
    public async Task A_PKCS12_file_is_refused_with_the_commands_that_split_it()
    {
        await RequestAsync("rsa:2048");
        await OpenSsl.RunAsync(
            _directory.Path,
            "pkcs12",
            "-export",
            "-in",
            "site.crt",
            "-inkey",
            "site.key",
            "-passout",
            "pass:",
            "-out",
            "site.p12"
        );

        var findings = ProvidedCertificate.Check(
            _directory.In("site.p12"),
            _directory.In("site.p12"),
            "erp.example.com",
            Issued.Now
        );

        Assert.All(findings, f => Assert.Equal(CertificateProblem.NotPem, f.Problem));
        Assert.Contains("openssl pkcs12", findings[0].Hint, StringComparison.Ordinal);
        Assert.Contains("-nocerts -noenc", findings[1].Hint, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    // openssl uses this host's clock, so these tests use it too.
    private IReadOnlyList<CertificateFinding> Check() =>
        ProvidedCertificate.Check(
            _directory.In("site.crt"),
            _directory.In("site.key"),
            "erp.example.com",
            TimeProvider.System.GetUtcNow()
        );

    private Task RequestAsync(string kind) => RequestAsync(kind, Proper);

    private async Task RequestAsync(string kind, params string[] options)
    {
        string[] key = kind.Split(':') is ["ec", var curve] ? ["ec", "-pkeyopt", $"ec_paramgen_curve:{curve}"] : [kind];
        await OpenSsl.RunAsync(
            _directory.Path,
            [
                "req",
                "-x509",
                "-noenc",
                "-days",
                "90",
                "-newkey",
                .. key,
                "-keyout",
                "site.key",
                "-out",
                "site.crt",
                .. options,
            ]
        );
    }

    private async Task KeyAsync(params string[] options)
    {
        await OpenSsl.RunAsync(_directory.Path, ["pkey", "-in", "site.key", "-out", "other.key", .. options]);
        File.Move(_directory.In("other.key"), _directory.In("site.key"), overwrite: true);
    }
}
