using System.Security.Cryptography;
using ErpInstaller.Certificate.Provided;

namespace ErpInstaller.Tests.Certificate;

/// <summary>Validity, names, strength and purpose of the leaf.</summary>
public sealed class ProvidedLeafTests : ProvidedFiles
{
    [Theory]
    [InlineData(-90, -1, CertificateProblem.Expired, "expired on 2026-11-22 12:00Z")]
    [InlineData(1, 90, CertificateProblem.NotYetValid, "not valid before 2026-11-24 12:00Z")]
    [InlineData(-60, 29, CertificateProblem.ExpiresSoon, "expires on 2026-12-22")]
    public void The_clock_decides_whether_a_certificate_is_valid(
        int from,
        int to,
        CertificateProblem problem,
        string message
    )
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
    public void Names_match_as_in_browsers(string name, bool covers)
    {
        using var leaf = _root.Leaf(new Issued.Wish { Names = [name] });

        var findings = Examine(leaf.Pem + _root.Pem, leaf.KeyPem).Findings;

        Assert.Equal(covers ? [] : [CertificateProblem.NameNotCovered], findings.Select(f => f.Problem));
    }

    [Fact]
    public void A_certificate_with_only_a_common_name_is_refused()
    {
        using var leaf = _root.Leaf(new Issued.Wish { Names = [] });

        var finding = OnlyFinding(Examine(leaf.Pem + _root.Pem, leaf.KeyPem));

        Assert.Equal(CertificateProblem.NameNotCovered, finding.Problem);
        Assert.Contains("only its Common Name", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_RSA_key_needs_2048_bits()
    {
        using var weak = _root.Leaf(new Issued.Wish { NewKey = () => RSA.Create(1024) });
        using var strong = _root.Leaf(new Issued.Wish { NewKey = () => RSA.Create(2048) });

        Assert.Equal(CertificateProblem.KeyWeak, OnlyFinding(Examine(weak.Pem + _root.Pem, weak.KeyPem)).Problem);
        Assert.Empty(Examine(strong.Pem + _root.Pem, strong.KeyPem).Findings);
    }

    [Fact]
    public void A_CA_certificate_is_refused_for_a_site()
    {
        using var leaf = Issued.Alone(new Issued.Wish { IsAuthority = true });

        Assert.Equal(CertificateProblem.OfAuthority, OnlyFinding(Examine(leaf.Pem, leaf.KeyPem)).Problem);
    }

    [Fact]
    public void A_client_certificate_is_refused()
    {
        using var leaf = _root.Leaf(new Issued.Wish { Purpose = "1.3.6.1.5.5.7.3.2" });

        Assert.Equal(CertificateProblem.NotForServers, OnlyFinding(Examine(leaf.Pem + _root.Pem, leaf.KeyPem)).Problem);
    }
}
