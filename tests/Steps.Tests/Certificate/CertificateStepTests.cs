using ErpInstaller.Answers;
using ErpInstaller.Certificate;
using ErpInstaller.Composition;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Certificate;

public sealed class CertificateStepTests : IDisposable
{
    private readonly TemporaryDirectory _given = new();
    private readonly TestInstallation _installation = new() { Steps = [new CertificateStep()] };

    private string Chain => CertificateFiles.ChainPath(_installation.Directory);

    private string Key => CertificateFiles.KeyPath(_installation.Directory);

    [Fact]
    public async Task A_self_signed_certificate_meets_the_rules_of_openssl_and_browsers()
    {
        await InstallAsync();

        var text = await OpenSsl.RunAsync(_installation.Directory.Path, "x509", "-in", Chain, "-noout", "-text");
        Assert.Contains("prime256v1", text, StringComparison.Ordinal);
        Assert.Contains("DNS:erp.example.com, IP Address:", text, StringComparison.Ordinal);
        Assert.Contains("CA:FALSE", text, StringComparison.Ordinal);
        Assert.Contains("TLS Web Server Authentication", text, StringComparison.Ordinal);
        Assert.Contains("Not Before: Nov 23 11:00:00 2026 GMT", text, StringComparison.Ordinal);
        Assert.Contains("Not After : Feb 25 10:59:59 2029 GMT", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_self_signed_certificate_verifies_for_the_sites_name_once_it_is_trusted()
    {
        await InstallAsync();

        var at = Issued.Now.ToUnixTimeSeconds();
        var verified = await OpenSsl.RunAsync(
            _installation.Directory.Path,
            "verify",
            "-x509_strict",
            "-purpose",
            "sslserver",
            "-verify_hostname",
            "erp.example.com",
            "-attime",
            $"{at}",
            "-CAfile",
            Chain,
            Chain
        );

        Assert.EndsWith("OK", verified, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_state_file_has_the_fingerprint_that_openssl_prints()
    {
        await InstallAsync();

        var printed = await OpenSsl.RunAsync(
            _installation.Directory.Path,
            "x509",
            "-in",
            Chain,
            "-noout",
            "-fingerprint",
            "-sha256"
        );
        var outputs = _installation.State().Of(StepId.Certificate).Outputs;
        Assert.EndsWith($"={outputs["fingerprint"]}", printed, StringComparison.Ordinal);
        Assert.Equal(
            ("self-signed", "no", "2029-02-25T10:59:59Z"),
            (outputs["mode"], outputs["trusted"], outputs["not_after"])
        );
        Assert.StartsWith("erp.example.com, ", outputs["names"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_owner_can_read_chain_and_key()
    {
        await InstallAsync();

        Assert.All([Chain, Key], f =>
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(f))
        );
        Assert.Equal([Chain, Key], Directory.GetFiles(Path.GetDirectoryName(Chain)!).Order());
    }

    [Fact]
    public async Task A_second_run_keeps_the_certificate()
    {
        await InstallAsync();
        var before = await File.ReadAllTextAsync(Chain);

        await InstallAsync();

        Assert.Equal(before, await File.ReadAllTextAsync(Chain));
        Assert.True(_installation.Events.OfType<StepFinished>().Last().Skipped);
    }

    [Theory]
    [InlineData(790, true)]
    [InlineData(796, false)]
    public async Task A_self_signed_certificate_is_replaced_in_its_last_30_days(int daysLater, bool isKept)
    {
        await InstallAsync();
        var before = await File.ReadAllTextAsync(Chain);
        _installation.Time.Advance(TimeSpan.FromDays(daysLater));

        await InstallAsync();

        Assert.Equal(isKept, before == await File.ReadAllTextAsync(Chain));
    }

    [Fact]
    public async Task Another_site_name_makes_another_certificate()
    {
        await InstallAsync();
        _installation.Answers = _installation.Answers with { Site = new SiteAnswers { Name = "shop.example.com" } };

        await InstallAsync();

        Assert.StartsWith(
            "shop.example.com",
            _installation.State().Of(StepId.Certificate).Outputs["names"],
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("site.key")]
    [InlineData("site.crt")]
    public async Task A_certificate_whose_key_does_not_match_is_replaced(string damaged)
    {
        await InstallAsync();
        using var other = Issued.Root();
        await File.WriteAllTextAsync(
            _installation.Directory.In($"certificate/{damaged}"),
            damaged.EndsWith("key", StringComparison.Ordinal) ? other.KeyPem : "nonsense"
        );

        await InstallAsync();

        Assert.NotNull(CertificateFiles.Find(_installation.Directory, new SecretStore(), out _));
        Assert.Contains(
            "does not belong to the certificate",
            _installation.Events.OfType<StepStarted>().Last().Why,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Every_line_of_the_key_is_redacted()
    {
        await InstallAsync();
        var secrets = new SecretStore();

        var files = CertificateFiles.Find(_installation.Directory, secrets, out _)!;

        Assert.All(files.KeyPem.Split('\n').Where(l => l.Length == 64), l =>
            Assert.DoesNotContain(l, secrets.Redact($"said: {l}"), StringComparison.Ordinal)
        );
        Assert.DoesNotContain("PRIVATE", $"{files}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provided_certificate_is_copied_and_copied_again_after_renewal()
    {
        using var root = Issued.Root();
        using var first = root.Leaf();
        using var renewed = root.Leaf();
        Provide(first.Pem + root.Pem, first.KeyPem);
        await InstallAsync();
        await InstallAsync();
        Assert.True(_installation.Events.OfType<StepFinished>().Last().Skipped);
        Provide(renewed.Pem + root.Pem, renewed.KeyPem);

        await InstallAsync();

        Assert.Equal(renewed.Pem + root.Pem, await File.ReadAllTextAsync(Chain));
        Assert.Equal("provided", _installation.State().Of(StepId.Certificate).Outputs["mode"]);
    }

    [Fact]
    public async Task An_unusable_provided_certificate_is_an_error_and_nothing_is_written()
    {
        using var root = Issued.Root();
        using var leaf = root.Leaf(new Issued.Wish { To = Issued.Now.AddHours(-1) });
        Provide(leaf.Pem, leaf.KeyPem);

        var result = await _installation.InstallAsync();

        Assert.Equal((int)ExitCode.StepFailed, result.ExitCode);
        Assert.Equal("CertificateExpired", result.Error);
        Assert.Contains(_given.In("site.crt"), result.Message!, StringComparison.Ordinal);
        Assert.Equal(2, result.Details.Count);
        Assert.False(File.Exists(Chain) || File.Exists(Key));
    }

    [Fact]
    public async Task A_missing_provided_certificate_is_reported_once_before_any_step()
    {
        Provide("", "");
        File.Delete(_given.In("site.crt"));
        File.Delete(_given.In("site.key"));
        _installation.Steps = InstallSteps.InOrder();

        var result = await _installation.InstallAsync();
        var planned = await Assert.ThrowsAsync<InstallerException>(() =>
            new Planner(_installation.Open()).PlanAsync(TestContext.Current.CancellationToken)
        );

        Assert.Equal((StepId.Certificate, "CertificateFileMissing"), (result.Step, result.Error));
        Assert.Equal(result.Message, planned.Message);
        Assert.Empty(_installation.Events.OfType<StepStarted>());
        Assert.Empty(_installation.Events.OfType<StepPlanned>());
        Assert.Equal(2, result.Details.Count);
        Assert.All(result.Details, d => Assert.DoesNotContain(';', d));
    }

    [Fact]
    public async Task A_single_problem_of_a_provided_certificate_is_the_message_without_details()
    {
        using var root = Issued.Root();
        using var leaf = root.Leaf();
        Provide(leaf.Pem + root.Pem, leaf.KeyPem);
        File.Delete(_given.In("site.key"));

        var result = await _installation.InstallAsync();

        Assert.Contains(_given.In("site.key"), result.Message!, StringComparison.Ordinal);
        Assert.Empty(result.Details);
    }

    [Fact]
    public async Task A_warning_about_a_provided_certificate_is_logged()
    {
        using var root = Issued.Root();
        using var leaf = root.Leaf();
        Provide(leaf.Pem, leaf.KeyPem);

        await InstallAsync();

        Assert.Contains(_installation.Events.OfType<Log>(), l =>
            l.Level == LogLevel.Warning && l.Line.Contains("Test Root", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_certificate_step_writes_no_files_with_Traefik()
    {
        _installation.Answers = _installation.Answers with
        {
            Certificate = new CertificateAnswers { Mode = CertificateMode.LetsEncrypt, Resolver = "letsencrypt" },
        };

        await InstallAsync();

        var finished = _installation.Events.OfType<StepFinished>().Last();
        Assert.Contains("resolver letsencrypt: no files here", finished.Summary, StringComparison.Ordinal);
        Assert.Equal("lets-encrypt", _installation.State().Of(StepId.Certificate).Outputs["mode"]);
        Assert.False(File.Exists(Chain));
    }

    [Fact]
    public void Each_mode_has_a_source_of_its_own()
    {
        var modes = Enum.GetValues<CertificateMode>();

        Assert.Equal(modes.Length, modes.Select(m => CertificateStep.SourceOf(m).GetType()).Distinct().Count());
    }

    public void Dispose()
    {
        _installation.Dispose();
        _given.Dispose();
    }

    private async Task InstallAsync()
    {
        var result = await _installation.InstallAsync(acceptChanges: true);
        Assert.True(result.ExitCode == 0, $"{result.Error}: {result.Message}");
    }

    private void Provide(string chain, string key)
    {
        File.WriteAllText(_given.In("site.crt"), chain);
        File.WriteAllText(_given.In("site.key"), key);
        File.SetUnixFileMode(_given.In("site.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _installation.Answers = _installation.Answers with
        {
            Certificate = new CertificateAnswers
            {
                Mode = CertificateMode.Provided,
                Certificate = _given.In("site.crt"),
                Key = _given.In("site.key"),
            },
        };
    }
}
