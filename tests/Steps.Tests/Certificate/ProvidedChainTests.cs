using System.Security.Cryptography.X509Certificates;
using ErpInstaller.Certificate;
using ErpInstaller.Certificate.Provided;

namespace ErpInstaller.Tests.Certificate;

/// <summary>The links of a chain.</summary>
public sealed class ProvidedChainTests : ProvidedFiles
{
    private static readonly Issued.Wish Authority = new() { IsAuthority = true, HasKeyIds = true };

    [Fact]
    public void An_intermediate_that_ends_within_30_days_is_a_warning()
    {
        using var intermediate = _root.Authority("Ending CA", Authority with { To = Issued.Now.AddDays(29) });
        using var leaf = intermediate.Leaf();

        var finding = OnlyFinding(Examine(leaf.Pem + intermediate.Pem + _root.Pem, leaf.KeyPem));

        Assert.Equal((CertificateProblem.ExpiresSoon, true), (finding.Problem, finding.IsWarning));
        Assert.EndsWith(
            "Ending CA expires on 2026-12-22, and the chain with it",
            finding.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_intermediate_that_is_not_valid_yet_is_refused()
    {
        using var intermediate = _root.Authority("Early CA", Authority with { From = Issued.Now.AddDays(1) });
        using var leaf = intermediate.Leaf();

        var finding = OnlyFinding(Examine(leaf.Pem + intermediate.Pem + _root.Pem, leaf.KeyPem));

        Assert.Equal(CertificateProblem.NotYetValid, finding.Problem);
        Assert.EndsWith("Early CA is not valid before 2026-11-24 12:00Z", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_that_is_longer_than_its_CA_allows_is_refused()
    {
        using var top = _root.Authority("Narrow CA", Authority with { PathLength = 0 });
        using var below = top.Authority("CA Below");
        using var leaf = below.Leaf();

        var finding = OnlyFinding(Examine(leaf.Pem + below.Pem + top.Pem + _root.Pem, leaf.KeyPem));

        Assert.Equal(CertificateProblem.IssuerUnfit, finding.Problem);
        Assert.Contains("Narrow CA: it allows at most 0 intermediate", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_issuer_whose_key_usage_does_not_allow_it_is_refused()
    {
        using var top = _root.Authority("CRL Signer", Authority with { KeyUsage = X509KeyUsageFlags.CrlSign });
        using var leaf = top.Leaf();

        var finding = OnlyFinding(Examine(leaf.Pem + top.Pem + _root.Pem, leaf.KeyPem));

        Assert.Equal(CertificateProblem.IssuerUnfit, finding.Problem);
        Assert.Contains("does not include keyCertSign", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_issuer_of_clients_is_refused()
    {
        using var top = _root.Authority("Client CA", Authority with { Purpose = "1.3.6.1.5.5.7.3.2" });
        using var leaf = top.Leaf();

        var finding = OnlyFinding(Examine(leaf.Pem + top.Pem + _root.Pem, leaf.KeyPem));

        Assert.Equal(CertificateProblem.IssuerUnfit, finding.Problem);
        Assert.Contains("does not include serverAuth", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_issuers_of_the_same_name_the_one_that_did_not_sign_must_go()
    {
        using var old = _root.Authority("Renewed CA");
        using var current = _root.Authority("Renewed CA");
        using var leaf = current.Leaf();

        var finding = OnlyFinding(Examine(leaf.Pem + old.Pem + current.Pem + _root.Pem, leaf.KeyPem));

        Assert.Equal(CertificateProblem.ChainBroken, finding.Problem);
        Assert.Contains(
            $"(serial {old.Certificate.SerialNumber}) did not sign",
            finding.Message,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            $"Remove it. Renewed CA (serial {current.Certificate.SerialNumber})",
            finding.Hint,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_root_of_the_same_name_with_another_key_is_refused()
    {
        using var root = Issued.Root("Company Root", Authority);
        using var renewed = Issued.Root("Company Root", Authority);
        using var leaf = root.Leaf(new Issued.Wish { HasKeyIds = true });

        var finding = OnlyFinding(Examine(leaf.Pem + renewed.Pem, leaf.KeyPem));

        Assert.Equal(CertificateProblem.ChainBroken, finding.Problem);
        Assert.Contains("Company Root did not sign erp.example.com", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hint_names_the_address_of_the_issuer_that_the_certificate_has()
    {
        using var leaf = _intermediate.Leaf(
            new Issued.Wish
            {
                Extensions =
                [
                    new X509AuthorityInformationAccessExtension([], ["http://ca.example.com/a'b.crt"], critical: false),
                ],
            }
        );

        var finding = OnlyFinding(Examine(leaf.Pem, leaf.KeyPem));

        Assert.Equal(CertificateProblem.ChainIncomplete, finding.Problem);
        Assert.EndsWith(
            @"curl -fsS 'http://ca.example.com/a'\''b.crt' | openssl x509 -inform DER -out issuer.crt",
            finding.Hint,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Without_the_key_the_chain_is_checked_all_the_same()
    {
        using var leaf = _root.Leaf(new Issued.Wish { To = Issued.Now.AddHours(-1) });
        Write(Chain, _root.Pem + leaf.Pem);

        Assert.Equal(
            [CertificateProblem.FileMissing, CertificateProblem.ChainOrder, CertificateProblem.Expired],
            ProvidedCertificate.Check(Chain, Key, Site, Issued.Now).Select(f => f.Problem)
        );
    }

    [Theory]
    [InlineData(X509KeyUsageFlags.KeyEncipherment, true)]
    [InlineData(X509KeyUsageFlags.CrlSign, false)]
    public void A_key_usage_without_signature_is_a_warning_or_refused(X509KeyUsageFlags usage, bool isWarning)
    {
        using var leaf = _root.Leaf(new Issued.Wish { KeyUsage = usage });

        var finding = OnlyFinding(Examine(leaf.Pem + _root.Pem, leaf.KeyPem));

        Assert.Equal((CertificateProblem.NotForServers, isWarning), (finding.Problem, finding.IsWarning));
    }

    [Fact]
    public void An_unused_certificate_that_nginx_would_refuse_to_load_is_refused()
    {
        using var leaf = _root.Leaf();
        using var weak = Issued.Root(
            "Weak",
            Authority with
            {
                NewKey = () => System.Security.Cryptography.RSA.Create(1024),
            }
        );

        Assert.Equal(
            [CertificateProblem.ChainStrangers, CertificateProblem.KeyWeak],
            Examine(leaf.Pem + _root.Pem + weak.Pem, leaf.KeyPem).Findings.Select(f => f.Problem)
        );
    }
}
