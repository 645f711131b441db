using System.Security.Cryptography.X509Certificates;
using ErpInstaller.Certificate;
using ErpInstaller.Certificate.Provided;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Certificate;

/// <summary>The files in <c>tests/cases/certificates</c>.</summary>
public sealed class CertificateCasesTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void An_intermediate_of_the_same_name_with_another_key_is_refused()
    {
        var finding = Assert.Single(
            Examine("intermediate-of-the-same-name/wrong-inter.crt", "intermediate-of-the-same-name/leaf.key").Findings
        );

        Assert.Equal((CertificateProblem.ChainBroken, false), (finding.Problem, finding.IsWarning));
        Assert.EndsWith(
            "Example Issuing CA did not sign erp.example.com: it has the issuer's name, but another key",
            finding.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_issuer_that_is_no_CA_is_refused()
    {
        var finding = Assert.Single(
            Examine("intermediate-of-the-same-name/notca-chain.crt", "intermediate-of-the-same-name/leaf2.key").Findings
        );

        Assert.Equal((CertificateProblem.IssuerUnfit, false), (finding.Problem, finding.IsWarning));
        Assert.Contains("Example Not A CA: it is not a CA certificate", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expired_intermediate_is_refused_with_its_date()
    {
        var finding = Assert.Single(
            Examine("expired-intermediate/expired-inter.crt", "expired-intermediate/leaf.key").Findings
        );

        Assert.Equal((CertificateProblem.Expired, false), (finding.Problem, finding.IsWarning));
        Assert.EndsWith("Example Issuing CA expired on 2026-11-27 00:48Z", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_an_expired_and_a_valid_intermediate_the_warning_names_the_expired_one()
    {
        var given = Examine("expired-intermediate/expired-and-valid.crt", "expired-intermediate/leaf.key");

        var finding = Assert.Single(given.Findings);
        Assert.Equal((CertificateProblem.ChainStrangers, true), (finding.Problem, finding.IsWarning));
        Assert.Matches(@"Example Issuing CA \(serial [0-9A-F]+\), valid until 2026-11-27$", finding.Message);
        Assert.Equal(
            ["2027-11-28", "2027-11-28", "2036-11-25", "2026-11-27"],
            Certificates(given).Select(c => $"{c.NotAfter.ToUniversalTime():yyyy-MM-dd}")
        );
    }

    [Fact]
    public void A_cross_signed_root_is_accepted_and_the_missing_issuer_named()
    {
        var finding = Assert.Single(
            Examine("expired-intermediate/cross.crt", "expired-intermediate/leaf.key").Findings
        );

        Assert.Equal((CertificateProblem.ChainIncomplete, true), (finding.Problem, finding.IsWarning));
        Assert.Contains("Example Old Root", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key-with-indentation/indented.crt", "key-with-indentation/indented.key")]
    [InlineData("utf16-from-powershell/utf16.crt", "utf16-from-powershell/utf16.key")]
    [InlineData("backslash-n/literaln.crt", "backslash-n/literaln.key")]
    [InlineData("p7b-request-or-trusted/chain.p7b", "p7b-request-or-trusted/leaf.key")]
    [InlineData("p7b-request-or-trusted/x509label.crt", "p7b-request-or-trusted/leaf.key")]
    public async Task Files_in_unusual_formats_are_rewritten_for_nginx(string chain, string key)
    {
        var given = Examine(chain, key);

        Assert.Empty(given.Findings);
        Assert.Equal(
            ["erp.example.com", "Example Issuing CA", "Example Root CA"],
            Certificates(given).Select(CertificateNames.NameOf)
        );
        await File.WriteAllTextAsync(_directory.In("site.crt"), given.Files!.ChainPem);
        await File.WriteAllTextAsync(_directory.In("site.key"), given.Files.KeyPem);
        Assert.Equal(
            await OpenSsl.RunAsync(_directory.Path, "x509", "-in", "site.crt", "-noout", "-pubkey"),
            await OpenSsl.RunAsync(_directory.Path, "pkey", "-in", "site.key", "-pubout")
        );
    }

    [Fact]
    public void A_trusted_certificate_is_read_without_the_notes_of_openssl()
    {
        var finding = Assert.Single(
            Examine("p7b-request-or-trusted/trusted.crt", "p7b-request-or-trusted/leaf.key").Findings
        );

        Assert.Equal((CertificateProblem.ChainIncomplete, true), (finding.Problem, finding.IsWarning));
    }

    [Fact]
    public void A_request_is_named_as_a_request()
    {
        var finding = Assert.Single(
            Examine("p7b-request-or-trusted/leaf.csr", "p7b-request-or-trusted/leaf.key").Findings
        );

        Assert.Equal(CertificateProblem.NotPem, finding.Problem);
        Assert.EndsWith(
            "holds a certificate request (CSR), but no certificate",
            finding.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("openssl req -in ", finding.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Must_staple_is_a_warning()
    {
        var finding = Assert.Single(Examine("must-staple/staple-chain.crt", "must-staple/staple.key").Findings);

        Assert.Equal((CertificateProblem.MustStaple, true), (finding.Problem, finding.IsWarning));
        Assert.Contains("must-staple", finding.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private static X509Certificate2Collection Certificates(ProvidedCertificate given)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(given.Files!.ChainPem);
        return certificates;
    }

    // A checkout gives every file the mode 0644, which a key must not have.
    private ProvidedCertificate Examine(string chain, string key)
    {
        File.Copy(Repository.In("tests", "cases", "certificates", key), _directory.In("given.key"));
        File.SetUnixFileMode(_directory.In("given.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return ProvidedCertificate.Examine(
            Repository.In("tests", "cases", "certificates", chain),
            _directory.In("given.key"),
            "erp.example.com",
            Now
        );
    }
}
