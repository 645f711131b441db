using System.Security.Cryptography.X509Certificates;
using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Image;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Git;
using ErpInstaller.Outside.Host;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;
using ErpInstaller.Tests.HostChecks;

namespace ErpInstaller.Tests.Image;

/// <summary>
/// Builds behind a proxy that opens TLS with certificates of the company. Only the host trusts the company's CA.
/// </summary>
[Collection(MirroredEngine.Collection)]
public sealed class CompanyAuthorityTests(MirroredEngine company) : IAsyncLifetime
{
    private const string Crm = "https://github.com/frappe/crm";

    private readonly TestInstallation _installation = new()
    {
        Steps = [new AppsStep(), new ImageStep()],
        Git = new GitRemote(),
        Rehearsal = false,
    };

    private DockerEngine _engine = null!;
    private ScriptedHost _host = null!;

    private string Reference => _installation.State().Output(StepId.Image, ImageOutputs.ReferenceKey)!;

    // A line in the middle of the certificate.
    private string Canary => File.ReadAllLines(company.Company)[3];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await company.RequireAsync();
        _engine = new DockerEngine(company.Endpoint, DockerEnvironment.RequireBuildx());
        _installation.Docker = _engine;
        _host = new ScriptedHost(_installation.Time)
        {
            Authorities = HostAuthorities.Read([company.Company]),
            Proxies = { ["https_proxy"] = company.Proxy },
        };
        _installation.World = world => world with { Host = _host };
        company.TakeLog();
    }

    [Theory]
    [InlineData(ImageBuilder.Buildx)]
    [InlineData(ImageBuilder.Engine)]
    public async Task A_CA_that_was_added_to_the_host_reaches_git_pip_and_yarn_and_stays_out_of_the_image(
        ImageBuilder builder
    )
    {
        var result = await InstallAsync(builder);

        Assert.True(result.ExitCode == 0, $"{result.Message}\n{string.Join('\n', result.Details)}");
        var asked = company.TakeLog();
        Assert.Contains("proxy github.com", asked);
        Assert.Contains("pypi - /open/pypi/files/tiny_client-2.0.0-py3-none-any.whl 200", asked);
        Assert.Contains("npm - /open/npm/tiny-ui/-/tiny-ui-1.0.0.tgz 200", asked);
        Assert.Contains(_installation.Events.OfType<Log>(), l =>
            l.Line == $"the build trusts the CAs in {company.Company}"
        );
        AssertHasNone(await company.DockerAsync("history", "--no-trunc", Reference), "the history");
        var configuration = await company.DockerAsync("inspect", Reference);
        AssertHasNone(configuration, "the configuration");
        Assert.DoesNotContain("_CERT", configuration, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("_proxy", configuration, StringComparison.OrdinalIgnoreCase);
        Assert.All(await company.FilesAsync(Reference), f => AssertHasNone(f.Name + f.Text, f.Name));
    }

    [Fact]
    public async Task A_CA_that_is_added_later_repeats_nothing_with_BuildKit()
    {
        Assert.Equal(0, (await InstallAsync(ImageBuilder.Buildx)).ExitCode);
        company.TakeLog();
        _host.Authorities = AuthorityFiles.None;

        var again = await InstallAsync(ImageBuilder.Buildx);

        Assert.True(again.ExitCode == 0, again.Message);
        Assert.Empty(company.TakeLog());
    }

    [Theory]
    [InlineData(ImageBuilder.Buildx)]
    [InlineData(ImageBuilder.Engine)]
    public async Task Without_the_CA_the_build_names_the_certificate_and_the_key(ImageBuilder builder)
    {
        var result = await InstallAsync(builder, authority: "");

        Assert.Equal(
            "crm: fetching v1.52.2: a certificate is not trusted: a proxy probably intercepts TLS",
            result.Message
        );
        Assert.Contains("image.ca_certificate", result.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_of_the_answers_replaces_the_CAs_of_the_host_and_may_be_DER()
    {
        using var directory = new TemporaryDirectory();
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(company.Company);
        await File.WriteAllBytesAsync(directory.In("company.cer"), certificate.RawData, Cancellation);
        _host.Authorities = AuthorityFiles.None;

        var result = await InstallAsync(ImageBuilder.Buildx, directory.In("company.cer"));

        Assert.True(result.ExitCode == 0, $"{result.Message}\n{string.Join('\n', result.Details)}");
    }

    [Fact]
    public async Task A_file_without_a_certificate_is_refused_before_anything_is_built()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.In("company.pem");
        await File.WriteAllTextAsync(file, "-----BEGIN CERTIFICATE REQUEST-----\n", Cancellation);

        var result = await InstallAsync(ImageBuilder.Buildx, file);

        Assert.Equal(ErrorCode.BuildAuthorityMissing.Word, result.Error);
        Assert.Equal($"image.ca_certificate: no certificate can be read from {file}", result.Message);
        Assert.Contains($"openssl x509 -noout -subject -in {file}", result.Hint, StringComparison.Ordinal);
        Assert.Empty(company.TakeLog());
    }

    // The commands of a build get it in the same way, from the secret's place.
    [Fact]
    public async Task Each_program_trusts_the_company_and_the_systems_own_CAs_and_leaves_no_file()
    {
        var index = $"{company.Address}/open/pypi/simple";
        string[] lines =
        [
            $"curl --silent --fail {index}/tiny-client/ >/dev/null",
            $"git ls-remote {company.Address}/open/github/frappe/crm HEAD >/dev/null",
            $"pip download --quiet --no-deps --index-url {index} --dest /tmp/wheels tiny-client",
            $"python3 -c 'import urllib.request as r; r.urlopen(\"{index}/tiny-client/\")'",
            "cmp $NODE_EXTRA_CA_CERTS /run/secrets/authorities",
            "for f in $SSL_CERT_FILE $REQUESTS_CA_BUNDLE; do test $(grep -c BEGIN $f) -gt 100; done",
            "printenv SSL_CERT_FILE",
        ];
        var script = $"set -e; source /environment.sh; {string.Join("; ", lines)}";
        var name = $"erp-installer-test-{Guid.NewGuid():N}";

        var file = await company.DockerAsync([
            .. new[] { "run", "--name", name },
            .. new[] { "--volume", $"{company.Company}:/run/secrets/authorities:ro" },
            .. new[] { "--volume", $"{Repository.In("assets", "image", "environment.sh")}:/environment.sh:ro" },
            .. new[] { "frappe/build:v15.75.1", "bash", "-c", script },
        ]);

        var changed = await company.DockerAsync("diff", name);
        await company.DockerAsync("rm", name);
        Assert.StartsWith("/tmp/", file, StringComparison.Ordinal);
        Assert.DoesNotContain(file.Trim(), changed, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _installation.Dispose();
        _engine?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The host's own git would need the proxy in the environment of all tests, so the test writes the lock itself.
    private async Task<Finished> InstallAsync(ImageBuilder builder, string? authority = null)
    {
        var release = _installation.Release;
        var repository = $"file://{AppRepositories.Require().Directory}/mirrored/crm.git";
        var refs = await new GitRemote().ListRefsAsync(repository, null, Cancellation);
        Directory.CreateDirectory(_installation.Directory.Path);
        AppsLockFile.Write(
            _installation.Directory.AppsLock,
            new AppsLock
            {
                Release = release.Version,
                BuildImage = release.Images.Build,
                RuntimeImage = release.Images.Runtime,
                Apps =
                [
                    new LockedApp
                    {
                        Name = "crm",
                        Url = Crm,
                        Ref = release.Apps["crm"].Ref,
                        Commit = refs.Single(r => r.Name == release.Apps["crm"].Ref).Commit,
                    },
                ],
            }
        );
        _installation.Answers = new AnswerFile
        {
            Site = new SiteAnswers { Name = "erp.example.com" },
            Image = new ImageAnswers
            {
                Name = $"erp-installer-test/{Guid.NewGuid():N}",
                Builder = builder,
                CaCertificate = authority,
            },
            Apps = new AppsAnswers { Install = ["crm"] },
        };
        return await _installation.InstallAsync(acceptChanges: true);
    }

    private void AssertHasNone(string text, string where)
    {
        foreach (var trace in new[] { Canary, company.Proxy, "/authorities" })
        {
            Assert.False(text.Contains(trace, StringComparison.Ordinal), $"{where} has {trace}");
        }
    }
}
