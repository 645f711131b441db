using System.Text;
using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Core.Ids;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Image;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Git;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Image;

/// <summary>Builds that reach nothing but a company's mirrors: an npm registry, a Python index, git.</summary>
[Collection(MirroredEngine.Collection)]
public sealed class MirrorsTests(MirroredEngine mirrors) : IAsyncLifetime
{
    private readonly TestInstallation _installation = new()
    {
        Steps = [new AppsStep(), new ImageStep()],
        Git = new GitRemote(),
        Rehearsal = false,
    };

    private DockerEngine _engine = null!;

    private string Reference => _installation.State().Output(StepId.Image, ImageOutputs.ReferenceKey)!;

    private ImageAnswers WithLogins =>
        Open(ImageBuilder.Buildx, "") with
        {
            NpmUsername = "npm-robot",
            NpmPassword = new SecretSource { Literal = MirroredEngine.NpmPassword },
            PythonUsername = "pypi-robot",
            PythonPassword = new SecretSource { Literal = MirroredEngine.PythonPassword },
            GitUsername = "git-robot",
            GitPassword = new SecretSource { Literal = MirroredEngine.GitPassword },
        };

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await mirrors.RequireAsync();
        _engine = new DockerEngine(mirrors.Endpoint, DockerEnvironment.RequireBuildx());
        _installation.Docker = _engine;
    }

    [Fact]
    public async Task Each_tool_logs_in_to_its_mirror_and_no_other_host_is_asked()
    {
        await BuildAsync(WithLogins);

        var asked = mirrors.TakeLog();
        Assert.Contains("npm npm-robot /npm/tiny-ui/-/tiny-ui-1.0.0.tgz 200", asked);
        Assert.Contains("pypi pypi-robot /pypi/files/tiny_client-2.0.0-py3-none-any.whl 200", asked);
        Assert.Contains(asked, l => l.StartsWith("github git-robot /github/frappe/crm/", StringComparison.Ordinal));
        Assert.DoesNotContain(asked, l => l.StartsWith("dns ", StringComparison.Ordinal));
        var bundle = await InImageAsync("cat apps/crm/crm/public/frontend/assets/*.js");
        Assert.Contains("'tiny-ui 1.0.0'", bundle, StringComparison.Ordinal);
        var version = await InImageAsync("env/bin/python -c 'import tiny_client; print(tiny_client.version)'");
        Assert.Equal("2.0.0\n", version);
    }

    [Fact]
    public async Task Image_history_logs_and_state_contain_no_login_and_no_mirror()
    {
        await BuildAsync(WithLogins);

        AssertHasNone(await mirrors.DockerAsync("history", "--no-trunc", Reference), "the history");
        AssertHasNone(await mirrors.DockerAsync("inspect", Reference), "the configuration");
        Assert.All(await mirrors.FilesAsync(Reference), f => AssertHasNone(f.Text, f.Name));
        Assert.All(_installation.Events, e => AssertHasNone(e.ToString(), e.GetType().Name, secretsOnly: true));
        Assert.All(Directory.GetFiles(_installation.Directory.Path, "*", SearchOption.AllDirectories), f =>
            AssertHasNone(File.ReadAllText(f), f, secretsOnly: true)
        );
    }

    [Fact]
    public async Task The_engines_own_builder_accepts_mirrors_without_a_login()
    {
        await BuildAsync(Open(ImageBuilder.Engine));

        var asked = mirrors.TakeLog();
        Assert.Contains("npm - /open/npm/tiny-ui 200", asked);
        Assert.Contains("pypi - /open/pypi/simple/tiny-client/ 200", asked);
        Assert.DoesNotContain(asked, l => l.StartsWith("dns ", StringComparison.Ordinal));
    }

    // After a refused login, yarn and pip report only that the package does not exist.
    [Fact]
    public async Task The_hint_of_a_missing_package_names_the_mirrors_login()
    {
        var wrong = new SecretSource { Literal = "canary-wrong" };

        var result = await InstallAsync(WithLogins with { NpmPassword = wrong });

        Assert.Equal("crm: packages of the front end: the npm registry does not have tiny-ui", result.Message);
        Assert.Contains("check that the mirror has it and accepts the login", result.Hint, StringComparison.Ordinal);
        Assert.Contains("npm - /npm/tiny-ui 401", mirrors.TakeLog());
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _installation.Dispose();
        _engine?.Dispose();
        return ValueTask.CompletedTask;
    }

    private ImageAnswers Open(ImageBuilder builder, string path = "/open") =>
        new()
        {
            Name = $"erp-installer-test/{Guid.NewGuid():N}",
            Builder = builder,
            NpmRegistry = $"{mirrors.Address}{path}/npm/",
            PythonIndex = $"{mirrors.Address}{path}/pypi/simple",
            GitMirror = $"{mirrors.Address}{path}/github",
            CaCertificate = mirrors.Company,
        };

    private async Task<Finished> InstallAsync(ImageAnswers image)
    {
        _installation.Answers = new AnswerFile
        {
            Site = new SiteAnswers { Name = "erp.example.com" },
            Image = image,
            Apps = new AppsAnswers { Install = ["crm"] },
        };
        return await _installation.InstallAsync();
    }

    private async Task BuildAsync(ImageAnswers image)
    {
        var result = await InstallAsync(image);
        Assert.True(result.ExitCode == 0, $"{result.Message}\n{string.Join('\n', result.Details)}");
    }

    private Task<string> InImageAsync(string line) =>
        mirrors.DockerAsync("run", "--rm", "--network", "none", Reference, "bash", "-c", line);

    private void AssertHasNone(string text, string where, bool secretsOnly = false)
    {
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"npm-robot:{MirroredEngine.NpmPassword}"));
        string[] searched = ["canary", basic];
        foreach (var secret in secretsOnly ? searched : searched.Append(mirrors.Address))
        {
            Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{where} has {secret}");
        }
    }
}
