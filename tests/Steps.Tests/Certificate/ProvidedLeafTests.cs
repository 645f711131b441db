using System.Security.Cryptography;
using ErpInstaller.Certificate.Provided;

namespace ErpInstaller.Tests.Certificate;

/// <summary>Validity, names, strength and purpose of the site's certificate.</summary>
public sealed class ProvidedLeafTests : ProvidedFiles
{
    [Theory]
    [InlineData(-90, -1, CertificateProblem.Expired, "expired on 2026-11-22 12:00Z")]
    [InlineData(1, 90, CertificateProblem.NotYetValid, "valid from 2026-11-24 12:00Z only")]
    [InlineData(-60, 29, CertificateProblem.ExpiresSoon, "expires on 2026-12-22")]
    public void Validity_is_judged_by_the_clock(int from, int to, CertificateProblem problem, string message)
    {
        using var leaf = _root.Leaf(new Issued.Wish { From = Issued.Now.AddDays(from), To = Issued.Now.AddDays(to) });

        var finding = OnlyFinding(Examine(leaf.Pem + _root.Pem, leaf.KeyPem));

        Assert.Equal(problem, finding.Problem);
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        Assert.Equal(problem == CertificateProblem.ExpiresSoon, finding.IsWarning);
    }

    [Theory]
    [InlineData("*.example.com", true)]
    [InlineData("ERP.Example.COM", true)]
    [InlineData("www.example.com", false)]
    [InlineData("*.com", false)]
    [InlineData("e*.example.com", false)]
    [InlineData("*.erp.example.com", false)]
    public void Names_are_matched_as_browsers_do(string name, bool covers)
    {
        using var leaf = _root.Leaf(new Issued.Wish { Names = [name] });

        var findings = Examine(leaf.Pem + _root.Pem, leaf.KeyPem).Findings;

        Assert.Equal(covers ? [] : [CertificateProblem.NameNotCovered], findings.Select(f => f.Problem));
    }

    [Fact]
    public void A_common_name_alone_does_not_count()
    {
        using var leaf = _root.Leaf(new Issued.Wish { Names = [] });

        var finding = OnlyFinding(Examine(leaf.Pem + _root.Pem, leaf.KeyPem));

        Assert.Equal(CertificateProblem.NameNotCovered, finding.Problem);
        Assert.Contains("as Common Name only", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_RSA_key_is_refused_and_one_of_2048_bits_is_not()
    {
        using var weak = _root.Leaf(new Issued.Wish { NewKey = () => RSA.Create(1024) });
        using var strong = _root.Leaf(new Issued.Wish { NewKey = () => RSA.Create(2048) });

        Assert.Equal(CertificateProblem.KeyWeak, OnlyFinding(Examine(weak.Pem + _root.Pem, weak.KeyPem)).Problem);
        Assert.Empty(Examine(strong.Pem + _root.Pem, strong.KeyPem).Findings);
    }

    [Fact]
    public void A_certificate_of_an_authority_is_refused_for_a_site()
    {
        using var leaf = Issued.Alone(new Issued.Wish { IsAuthority = true });

        Assert.Equal(CertificateProblem.OfAuthority, OnlyFinding(Examine(leaf.Pem, leaf.KeyPem)).Problem);
    }

    [Fact]
    public void A_certificate_for_clients_is_refused()
    {
        using var leaf = _root.Leaf(new Issued.Wish { Purpose = "1.3.6.1.5.5.7.3.2" });

        Assert.Equal(CertificateProblem.NotForServers, OnlyFinding(Examine(leaf.Pem + _root.Pem, leaf.KeyPem)).Problem);
    }
}
