using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.CommandLine;

/// <summary><c>renew</c> as an operator types it, in a rehearsal.</summary>
public sealed class RenewCommandTests : IDisposable
{
    private const string Validity = "from 20..-..-.. until 20..-..-..";

    private readonly Product _product = new();

    private string Kept => File.ReadAllText(Path.Combine(_product.StateDirectory, "certificate", "site.crt"));

    public void Dispose() => _product.Dispose();

    [Fact]
    public async Task A_self_signed_certificate_is_made_anew_although_it_is_still_valid()
    {
        await InstallAsync(Product.Sample);
        var before = Kept;

        var run = await _product.RunAsync("renew", "--yes", "--rehearse");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Matches($"-/\\+ self-signed certificate", run.Output);
        Assert.Matches($"the certificate is valid {Validity}; the one before it, {Validity}", run.Output);
        Assert.NotEqual(before, Kept);
        Assert.Contains("Nothing to do.", (await PlanAsync()).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Provided_files_are_taken_once_they_are_new()
    {
        Provide(from: -60, until: 20);
        await InstallAsync(Provided());

        var same = await _product.RunAsync("renew", "--yes", "--rehearse");
        Provide(from: -1, until: 300);
        var renewed = await _product.RunAsync("renew", "--yes", "--rehearse");

        Assert.Equal(0, same.ExitCode);
        Assert.Matches($"{_product.In("site.crt")} is the certificate in use, valid {Validity}", same.Output);
        Assert.Equal((0, ""), (renewed.ExitCode, renewed.Errors));
        Assert.Matches($"the certificate is valid {Validity}; the one before it, {Validity}", renewed.Output);
        Assert.Equal((await File.ReadAllTextAsync(_product.In("site.crt"))).Trim(), Kept.Trim());
    }

    [Fact]
    public async Task Files_that_cannot_serve_the_site_leave_the_certificate_in_use()
    {
        Provide(from: -60, until: 20);
        await InstallAsync(Provided());
        var before = Kept;
        Provide(from: -60, until: -1);

        var run = await _product.RunAsync("renew", "--yes", "--rehearse");

        run.FailedWith(4, "the certificate expired on");
        Assert.Equal(before, Kept);
    }

    [Fact]
    public async Task Behind_a_proxy_of_ones_own_nothing_is_there_to_renew()
    {
        await InstallAsync(_product.SampleWith(("mode = \"self-signed\"", "mode = \"none\"")));

        var run = await _product.RunAsync("renew", "--rehearse");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains("Your own proxy has the certificate", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_terminal_it_needs_the_word_yes()
    {
        await InstallAsync(Product.Sample);
        var before = Kept;

        var run = await _product.RunAsync("renew", "--rehearse");

        run.FailedWith(2, "there is no terminal to confirm it");
        Assert.Matches("erp-installer renew .*--yes", run.Errors);
        Assert.Equal(before, Kept);
    }

    private Task<ProductRun> PlanAsync() => _product.RunAsync("plan", "--rehearse");

    private async Task InstallAsync(string answers) =>
        Assert.Equal(0, (await _product.RunAsync("install", "--rehearse", "--answers", answers)).ExitCode);

    private string Provided() =>
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

    // In days from now: the program has this host's clock.
    private void Provide(int from, int until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=erp.example.com", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("erp.example.com");
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(from),
            DateTimeOffset.UtcNow.AddDays(until)
        );
        _product.Write("site.crt", made.ExportCertificatePem());
        File.SetUnixFileMode(
            _product.Write("site.key", key.ExportPkcs8PrivateKeyPem()),
            UnixFileMode.UserRead | UnixFileMode.UserWrite
        );
    }
}
