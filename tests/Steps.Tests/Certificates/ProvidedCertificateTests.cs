using System.Security.Cryptography;
using ErpInstaller.Certificates;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Certificates;

public sealed class ProvidedCertificateTests : IDisposable
{
    private const string Site = "erp.example.com";
    private readonly TemporaryDirectory _directory = new();
    private readonly Issued _root = Issued.Root();
    private readonly Issued _intermediate;

    public ProvidedCertificateTests() => _intermediate = _root.Authority();

    private string Chain => _directory.In("fullchain.pem");

    private string Key => _directory.In("privkey.pem");

    [Fact]
    public void A_chain_up_to_its_root_is_taken_without_a_word()
    {
        using var leaf = _intermediate.Leaf();

        var given = Examine(leaf.Pem + _intermediate.Pem + _root.Pem, leaf.KeyPem);

        Assert.Empty(given.Findings);
        Assert.Equal([Site], given.Files!.Leaf.Names);
        Assert.False(given.IsTrusted);
    }

    [Fact]
    public void A_chain_without_its_root_is_taken_with_a_warning_when_nobody_here_knows_the_root()
    {
        using var leaf = _intermediate.Leaf();

        var finding = OnlyFinding(Examine(leaf.Pem + _intermediate.Pem, leaf.KeyPem));

        Assert.Equal(CertificateProblem.ChainIncomplete, finding.Problem);
        Assert.True(finding.IsWarning);
        Assert.Contains("Test Root", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_leaf_without_its_intermediate_is_taken_with_a_warning_that_names_the_issuer()
    {
        using var leaf = _intermediate.Leaf();

        var finding = OnlyFinding(Examine(leaf.Pem, leaf.KeyPem));

        Assert.Equal(CertificateProblem.ChainIncomplete, finding.Problem);
        Assert.Contains("Test Intermediate", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named_with_its_key()
    {
        Write(Key, _root.KeyPem);

        var findings = ProvidedCertificate.Check(Chain, Key, Site, Issued.Now);

        Assert.Equal(CertificateProblem.FileMissing, Assert.Single(findings).Problem);
        Assert.Contains($"certificate.certificate: there is no file {Chain}", findings[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("hello\n", "no line begins with -----BEGIN")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "damaged")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIB", "damaged")]
    public void A_file_that_is_no_PEM_says_why(string text, string why)
    {
        var finding = OnlyFinding(Examine(text, _root.KeyPem));

        Assert.Equal(CertificateProblem.NotPem, finding.Problem);
        Assert.Contains(why, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_file_is_not_read_at_all()
    {
        Write(Key, _root.KeyPem);
        File.WriteAllBytes(Chain, new byte[10 << 20]);

        var finding = OnlyFinding(Examine());

        Assert.Equal(CertificateProblem.NotPem, finding.Problem);
        Assert.Contains("10240 KiB", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_binary_certificate_comes_with_the_command_that_converts_it()
    {
        using var leaf = _root.Leaf();
        Write(Key, leaf.KeyPem);
        File.WriteAllBytes(Chain, leaf.Der);

        var finding = OnlyFinding(Examine());

        Assert.Equal(CertificateProblem.NotPem, finding.Problem);
        Assert.Contains("openssl x509 -inform DER", finding.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_instead_of_a_file_is_said()
    {
        Directory.CreateDirectory(Chain);
        Write(Key, _root.KeyPem);

        Assert.Contains("it is a directory", OnlyFinding(Examine()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_told_from_one_that_is_missing()
    {
        Write(Chain, _root.Pem);
        File.CreateSymbolicLink(Key, Key);

        var finding = OnlyFinding(Examine());

        Assert.Equal(CertificateProblem.FileUnreadable, finding.Problem);
        Assert.Contains($"certificate.key: the file {Key} cannot be read", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Certificate_and_key_in_each_others_place_are_recognised()
    {
        using var leaf = _root.Leaf();

        var finding = OnlyFinding(Examine(leaf.KeyPem, leaf.Pem));

        Assert.Equal(CertificateProblem.FilesSwitched, finding.Problem);
        Assert.Equal($"certificate.certificate = \"{Key}\", certificate.key = \"{Chain}\"", finding.Hint);
    }

    [Fact]
    public void A_chain_whose_leaf_is_not_first_is_refused_with_the_right_order()
    {
        using var leaf = _intermediate.Leaf();

        var finding = OnlyFinding(Examine(_intermediate.Pem + leaf.Pem + _root.Pem, leaf.KeyPem));

        Assert.Equal(CertificateProblem.ChainOrder, finding.Problem);
        Assert.False(finding.IsWarning);
        Assert.Equal("The order must be: erp.example.com, then Test Intermediate, then Test Root.", finding.Hint);
    }

    [Fact]
    public void Issuers_in_the_wrong_order_are_refused_too()
    {
        using var leaf = _intermediate.Leaf();

        Assert.Equal(CertificateProblem.ChainOrder, OnlyFinding(Examine(leaf.Pem + _root.Pem + _intermediate.Pem, leaf.KeyPem)).Problem);
    }

    [Fact]
    public void A_certificate_that_has_nothing_to_do_with_it_is_a_warning()
    {
        using var leaf = _root.Leaf();
        using var stranger = Issued.Root("Stranger");

        var finding = OnlyFinding(Examine(leaf.Pem + _root.Pem + stranger.Pem, leaf.KeyPem));

        Assert.Equal((CertificateProblem.ChainStrangers, true), (finding.Problem, finding.IsWarning));
        Assert.Contains("Stranger", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_another_certificate_is_refused_with_the_commands_that_show_it()
    {
        using var leaf = _root.Leaf();

        var finding = OnlyFinding(Examine(leaf.Pem + _root.Pem, _intermediate.KeyPem));

        Assert.Equal(CertificateProblem.KeyMismatch, finding.Problem);
        Assert.Contains($"openssl pkey -pubout -in {Key}", finding.Hint, StringComparison.Ordinal);
    }

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

    [Theory]
    [InlineData("0644", false)]
    [InlineData("0660", false)]
    [InlineData("0640", true)]
    public void A_key_that_others_can_read_is_refused_and_a_groups_is_warned_of(string mode, bool isWarning)
    {
        using var leaf = _root.Leaf();
        Write(Chain, leaf.Pem + _root.Pem);
        Write(Key, leaf.KeyPem);
        File.SetUnixFileMode(Key, (UnixFileMode)Convert.ToInt32(mode, 8));

        var finding = OnlyFinding(Examine());

        Assert.Equal((CertificateProblem.KeyOpenToOthers, isWarning), (finding.Problem, finding.IsWarning));
        Assert.Contains($"mode {mode}", finding.Message, StringComparison.Ordinal);
        Assert.Equal($"chmod 600 {Key}", finding.Hint);
    }

    [Fact]
    public void One_file_may_hold_both_and_the_key_does_not_get_into_the_chain()
    {
        using var leaf = _root.Leaf();
        Write(Chain, $"subject=CN = erp\r\n{leaf.Pem.ReplaceLineEndings("\r\n")}{_root.Pem}{leaf.KeyPem}");

        var given = ProvidedCertificate.Examine(Chain, Chain, Site, Issued.Now);

        Assert.Empty(given.Findings);
        Assert.Equal(leaf.Pem + _root.Pem, given.Files!.ChainPem);
        Assert.Equal(leaf.KeyPem, given.Files.KeyPem);
    }

    [Fact]
    public void Several_things_wrong_are_said_at_once()
    {
        using var leaf = _root.Leaf(new Issued.Wish { Names = ["other.example.com"], To = Issued.Now.AddHours(-1) });

        var findings = Examine(leaf.Pem, _intermediate.KeyPem).Findings;

        Assert.Equal(
            [CertificateProblem.KeyMismatch, CertificateProblem.Expired, CertificateProblem.NameNotCovered, CertificateProblem.ChainIncomplete],
            findings.Select(f => f.Problem));
    }

    public void Dispose()
    {
        _intermediate.Dispose();
        _root.Dispose();
        _directory.Dispose();
    }

    private static CertificateFinding OnlyFinding(ProvidedCertificate given)
    {
        var finding = Assert.Single(given.Findings);
        Assert.Equal(finding.IsWarning, given.Files is not null);
        return finding;
    }

    private static void Write(string path, string text)
    {
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private ProvidedCertificate Examine(string chain, string key)
    {
        Write(Chain, chain);
        Write(Key, key);
        return Examine();
    }

    private ProvidedCertificate Examine() => ProvidedCertificate.Examine(Chain, Key, Site, Issued.Now);
}
