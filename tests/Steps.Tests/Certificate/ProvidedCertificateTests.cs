using ErpInstaller.Certificate;
using ErpInstaller.Certificate.Provided;

namespace ErpInstaller.Tests.Certificate;

/// <summary>Files, chain order, key and permissions.</summary>
public sealed class ProvidedCertificateTests : ProvidedFiles
{
    [Fact]
    public void A_chain_with_its_root_is_accepted_without_a_warning()
    {
        using var leaf = _intermediate.Leaf();

        var given = Examine(leaf.Pem + _intermediate.Pem + _root.Pem, leaf.KeyPem);

        Assert.Empty(given.Findings);
        Assert.Equal([Site], given.Files!.Leaf.Names);
        Assert.False(given.IsTrusted);
    }

    [Fact]
    public void A_chain_whose_root_this_system_does_not_trust_is_accepted_with_a_warning()
    {
        using var leaf = _intermediate.Leaf();

        var finding = OnlyFinding(Examine(leaf.Pem + _intermediate.Pem, leaf.KeyPem));

        Assert.Equal(CertificateProblem.ChainIncomplete, finding.Problem);
        Assert.True(finding.IsWarning);
        Assert.Contains("Test Root", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_leaf_without_its_intermediate_is_accepted_with_a_warning_that_names_the_issuer()
    {
        using var leaf = _intermediate.Leaf();

        var finding = OnlyFinding(Examine(leaf.Pem, leaf.KeyPem));

        Assert.Equal(CertificateProblem.ChainIncomplete, finding.Problem);
        Assert.Contains("Test Intermediate", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_reported_with_its_key()
    {
        Write(Key, _root.KeyPem);

        var findings = ProvidedCertificate.Check(Chain, Key, Site, Issued.Now);

        Assert.Equal(CertificateProblem.FileMissing, Assert.Single(findings).Problem);
        Assert.Contains(
            $"certificate.certificate: there is no file {Chain}",
            findings[0].Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("hello\n", "no line starts with -----BEGIN")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "damaged")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIB", "damaged")]
    public void A_file_that_is_not_PEM_is_refused_with_the_reason(string text, string why)
    {
        var finding = OnlyFinding(Examine(text, _root.KeyPem));

        Assert.Equal(CertificateProblem.NotPem, finding.Problem);
        Assert.Contains(why, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_file_is_not_read()
    {
        Write(Key, _root.KeyPem);
        File.WriteAllBytes(Chain, new byte[10 << 20]);

        var finding = OnlyFinding(Examine());

        Assert.Equal(CertificateProblem.NotPem, finding.Problem);
        Assert.Contains("10240 KiB", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_binary_certificate_and_key_are_written_as_PEM()
    {
        using var leaf = Issued.Alone(new Issued.Wish());
        Write(Key, "");
        File.WriteAllBytes(Key, leaf.PrivateKey.ExportPkcs8PrivateKey());
        File.WriteAllBytes(Chain, leaf.Der);

        var given = Examine();

        Assert.Empty(given.Findings);
        Assert.Equal((leaf.Pem, leaf.KeyPem), (given.Files!.ChainPem, given.Files.KeyPem));
    }

    [Fact]
    public void A_directory_in_place_of_a_file_is_refused()
    {
        Directory.CreateDirectory(Chain);
        Write(Key, _root.KeyPem);

        Assert.Contains("it is a directory", OnlyFinding(Examine()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unreadable_file_is_not_reported_as_missing()
    {
        using var leaf = _root.Leaf();
        Write(Chain, leaf.Pem + _root.Pem);
        File.CreateSymbolicLink(Key, Key);

        var finding = OnlyFinding(Examine());

        Assert.Equal(CertificateProblem.FileUnreadable, finding.Problem);
        Assert.Contains($"certificate.key: the file {Key} cannot be read", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Switched_certificate_and_key_are_recognised()
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
    public void Intermediates_in_the_wrong_order_are_refused()
    {
        using var leaf = _intermediate.Leaf();

        Assert.Equal(
            CertificateProblem.ChainOrder,
            OnlyFinding(Examine(leaf.Pem + _root.Pem + _intermediate.Pem, leaf.KeyPem)).Problem
        );
    }

    [Fact]
    public void An_unrelated_certificate_in_the_chain_is_a_warning()
    {
        using var leaf = _root.Leaf();
        using var stranger = Issued.Root("Stranger");

        var finding = OnlyFinding(Examine(leaf.Pem + _root.Pem + stranger.Pem, leaf.KeyPem));

        Assert.Equal((CertificateProblem.ChainStrangers, true), (finding.Problem, finding.IsWarning));
        Assert.Contains("Stranger", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_is_in_the_file_twice_is_delivered_once()
    {
        using var leaf = _root.Leaf();

        var given = Examine(leaf.Pem + leaf.Pem + _root.Pem, leaf.KeyPem);

        Assert.Empty(given.Findings);
        Assert.Equal(leaf.Pem + _root.Pem, given.Files!.ChainPem);
    }

    [Fact]
    public void A_key_of_another_certificate_is_refused_with_the_commands_that_compare_them()
    {
        using var leaf = _root.Leaf();

        var finding = OnlyFinding(Examine(leaf.Pem + _root.Pem, _intermediate.KeyPem));

        Assert.Equal(CertificateProblem.KeyMismatch, finding.Problem);
        Assert.Contains($"openssl pkey -pubout -in {Key}", finding.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0644", false)]
    [InlineData("0660", false)]
    [InlineData("0640", true)]
    public void A_world_readable_key_is_refused_and_a_group_readable_key_is_a_warning(string mode, bool isWarning)
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
    public void One_file_may_hold_both_and_its_key_is_not_copied_into_the_chain()
    {
        using var leaf = _root.Leaf();
        Write(Chain, $"subject=CN = erp\r\n{leaf.Pem.ReplaceLineEndings("\r\n")}{_root.Pem}{leaf.KeyPem}");

        var given = ProvidedCertificate.Examine(Chain, Chain, Site, Issued.Now);

        Assert.Empty(given.Findings);
        Assert.Equal(leaf.Pem + _root.Pem, given.Files!.ChainPem);
        Assert.Equal(leaf.KeyPem, given.Files.KeyPem);
    }

    [Fact]
    public void All_problems_are_reported_at_once()
    {
        using var leaf = _root.Leaf(new Issued.Wish { Names = ["other.example.com"], To = Issued.Now.AddHours(-1) });

        var findings = Examine(leaf.Pem, _intermediate.KeyPem).Findings;

        Assert.Equal(
            [
                CertificateProblem.KeyMismatch,
                CertificateProblem.Expired,
                CertificateProblem.NameNotCovered,
                CertificateProblem.ChainIncomplete,
            ],
            findings.Select(f => f.Problem)
        );
    }
}
