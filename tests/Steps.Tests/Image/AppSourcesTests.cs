using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Image;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Git;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Image;

/// <summary>Apps from repositories that only this host can read: files, ssh, a token.</summary>
public sealed class AppSourcesTests : IDisposable
{
    private readonly DockerEnvironment _docker = DockerEnvironment.Require();
    private readonly AppRepositories _apps = AppRepositories.Require();
    private readonly DockerEngine _engine;
    private readonly TestInstallation _installation;

    public AppSourcesTests()
    {
        _engine = new DockerEngine(_docker.Endpoint, DockerEnvironment.RequireBuildx());
        _installation = new TestInstallation
        {
            Steps = [new AppsStep(), new ImageStep()],
            Git = new GitRemote(),
            Docker = _engine,
            Rehearsal = false,
        };
    }

    private string Reference => _installation.State().Output(StepId.Image, ImageOutputs.ReferenceKey)!;

    [Theory]
    [InlineData(ImageBuilder.Buildx)]
    [InlineData(ImageBuilder.Engine)]
    public async Task An_app_is_built_from_a_repository_on_this_hosts_disk(ImageBuilder builder)
    {
        Use(builder, new AppOverride { Url = _apps.FileUrl("frappe/crm") });

        await InstallAsync();

        Assert.Equal(
            Locked().Commit,
            (
                await InImageAsync(
                    "python3 -c 'import json; "
                        + "print(json.load(open(\"sites/apps.json\"))[\"crm\"][\"resolution\"][\"commit_hash\"])'"
                )
            ).Trim()
        );
        Assert.Equal("", (await InImageAsync("find / -xdev -name '*.pack' 2>/dev/null")).Trim());
    }

    [Fact]
    public async Task A_pack_is_made_once_and_the_builder_uses_its_cache()
    {
        Use(ImageBuilder.Buildx, new AppOverride { Url = _apps.FileUrl("frappe/crm") });
        await InstallAsync();
        var pack = Assert.Single(Directory.GetFiles(_installation.Directory.In("sources")));
        Assert.Equal($"crm-{Locked().Commit}.pack", Path.GetFileName(pack));
        Directory.Delete(_installation.Directory.In("sources"), recursive: true);
        (await _docker.DockerAsync("rmi", "--force", Reference)).Succeeded();

        await InstallAsync();

        Assert.DoesNotContain(
            "Getting crm",
            await File.ReadAllTextAsync(_installation.Directory.In("build.log")),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(ImageBuilder.Buildx)]
    [InlineData(ImageBuilder.Engine)]
    public async Task An_app_is_fetched_by_ssh_with_a_key_in_the_agent(ImageBuilder builder)
    {
        using var server = await SshServer.RequireAsync(_apps);
        Use(builder, new AppOverride { Url = server.Url("frappe/crm") });
        _installation.Git = new GitRemote();

        await InstallAsync();

        Assert.Equal("crm", (await InImageAsync("grep -x crm sites/apps.txt")).Trim());
    }

    [Fact]
    public async Task A_private_apps_token_is_left_nowhere()
    {
        Use(ImageBuilder.Buildx, Private(AppRepositories.Token));

        await InstallAsync();

        Assert.Equal("crm", (await InImageAsync("grep -x crm sites/apps.txt")).Trim());
        var image =
            (await _docker.DockerAsync("history", "--no-trunc", Reference)).Succeeded()
            + (await _docker.DockerAsync("inspect", Reference)).Succeeded();
        Assert.DoesNotContain("canary", image, StringComparison.Ordinal);
        Assert.Equal(
            "",
            (
                await InImageAsync(
                    "grep --recursive --files-with-matches canary- /home/frappe /run /etc /tmp 2>/dev/null"
                )
            ).Trim()
        );
        AssertNowhere();
    }

    [Fact]
    public async Task An_own_app_is_built_with_its_token_like_an_app_of_the_release()
    {
        Use(ImageBuilder.Buildx, new AppOverride { Url = _apps.FileUrl("frappe/crm") });
        _installation.Answers = _installation.Answers with
        {
            Apps = new AppsAnswers
            {
                Install = ["secret_app"],
                Custom =
                {
                    ["secret_app"] = Private(AppRepositories.Token) with
                    {
                        Url = _apps.HttpUrl("private/secret_app"),
                        Requires = ["telephony"],
                    },
                },
                Override =
                {
                    ["telephony"] = new AppOverride { Url = _apps.FileUrl("frappe/telephony"), Ref = "main" },
                },
            },
        };

        await InstallAsync();

        var locked = AppsLockFile.Read(_installation.Directory.AppsLock)!.Apps;
        Assert.Equal(["telephony", "secret_app"], locked.Select(a => a.Name));
        Assert.Equal("secret_app", locked[0].BroughtBy);
        var listed = await InImageAsync("cat sites/apps.txt; env/bin/python -c 'import secret_app.hooks'");
        Assert.Superset(
            new HashSet<string> { "frappe", "erpnext", "secret_app", "telephony" },
            listed.Split('\n').ToHashSet()
        );
        AssertNowhere();
    }

    [Theory]
    [InlineData(ImageBuilder.Buildx)]
    [InlineData(ImageBuilder.Engine)]
    public async Task Forks_of_Frappe_and_ERPNext_replace_those_of_the_base_image(ImageBuilder builder)
    {
        Use(builder, new AppOverride { Url = _apps.FileUrl("frappe/crm") });
        _installation.Answers = _installation.Answers with
        {
            Apps = _installation.Answers.Apps with
            {
                Frappe = new AppOverride { Url = _apps.FileUrl("acme/frappe") },
                Erpnext = new AppOverride { Url = _apps.FileUrl("acme/erpnext"), Ref = "version-15" },
            },
        };

        await InstallAsync();

        var forks = AppsLockFile.Read(_installation.Directory.AppsLock)!.Forks!;
        Assert.Equal([("frappe", "version-15"), ("erpnext", "version-15")], forks.Select(f => (f.Name, f.Ref)));
        Assert.Equal(
            "15.80.0 True 15.76.0 True\n",
            await InImageAsync(
                "env/bin/python -c 'import frappe, frappe.acme, erpnext, erpnext.acme; "
                    + "print(frappe.__version__, frappe.acme.ours, erpnext.__version__, erpnext.acme.ours)'"
            )
        );
        Assert.Equal("frappe\nerpnext\ncrm\n", await InImageAsync("sed -e '$a\\' sites/apps.txt"));
        Assert.Equal(
            "",
            await InImageAsync(
                "find apps -name logo.png -o -path '*stock/doctype/item/item.json' -o -name .git; ls sites/*.map 2>&1 "
                    + "| grep -v 'No such file'"
            )
        );
        var labels = (await _docker.DockerAsync("inspect", Reference)).Succeeded();
        Assert.Contains(
            $"\"io.github.erp-installer.app.frappe\": \"{forks[0].Commit} version-15\"",
            labels,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_refused_token_is_reported_without_its_value()
    {
        Use(ImageBuilder.Buildx, Private("canary-wrong"));

        var result = await _installation.InstallAsync();

        Assert.Equal(ErrorCode.RepositoryUnreachable.Word, result.Error);
        Assert.Contains("token", result.Hint, StringComparison.Ordinal);
        AssertNowhere();
    }

    [Fact]
    public async Task A_private_app_without_BuildKit_is_refused_before_the_build()
    {
        Use(ImageBuilder.Engine, Private(AppRepositories.Token));

        var result = await _installation.InstallAsync();

        Assert.Equal((ErrorCode.AppSourceRefused.Word, (int)ExitCode.Usage), (result.Error, result.ExitCode));
        Assert.StartsWith(
            "crm: only BuildKit can fetch a private repository",
            result.Message,
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(_installation.Directory.In("build.log")));
        AssertNowhere();
    }

    [Fact]
    public async Task A_commit_that_vanished_from_a_local_repository_fails_with_a_hint()
    {
        Use(ImageBuilder.Engine, new AppOverride { Url = _apps.FileUrl("frappe/crm"), Ref = "main" });
        _installation.Steps = [new AppsStep()];
        await InstallAsync();
        _installation.Steps = [new AppsStep(), new ImageStep()];
        var apps = AppsLockFile.Read(_installation.Directory.AppsLock)!;
        AppsLockFile.Write(
            _installation.Directory.AppsLock,
            apps with
            {
                Apps = [apps.Apps[0] with { Commit = new string('0', 40) }],
            }
        );

        var result = await _installation.InstallAsync(acceptChanges: true);

        Assert.Equal(ErrorCode.RepositoryUnreachable.Word, result.Error);
        Assert.Contains("main does not lead to the locked commit", result.Message, StringComparison.Ordinal);
        Assert.Contains("--update-lock", result.Hint, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _installation.Dispose();
        _engine.Dispose();
    }

    private AppOverride Private(string token) =>
        new()
        {
            Url = _apps.HttpUrl("private/crm"),
            Ref = "main",
            Username = "git",
            Token = new SecretSource { Literal = token },
        };

    private LockedApp Locked() => AppsLockFile.Read(_installation.Directory.AppsLock)!.Apps.Single();

    private void Use(ImageBuilder builder, AppOverride crm) =>
        _installation.Answers = new AnswerFile
        {
            Site = new SiteAnswers { Name = "erp.example.com" },
            Image = new ImageAnswers { Name = $"erp-installer-test/{Guid.NewGuid():N}", Builder = builder },
            Apps = new AppsAnswers { Install = ["crm"], Override = { ["crm"] = crm } },
        };

    private async Task InstallAsync()
    {
        var result = await _installation.InstallAsync(acceptChanges: true);
        Assert.True(result.ExitCode == 0, $"{result.Message}\n{string.Join('\n', result.Details)}");
    }

    private async Task<string> InImageAsync(string line) =>
        (await _docker.RunAsync(Reference, "bash", "-c", line)).Output;

    private void AssertNowhere()
    {
        Assert.DoesNotContain(_installation.Events, e => e.ToString().Contains("canary", StringComparison.Ordinal));
        Assert.All(Directory.GetFiles(_installation.Directory.Path, "*", SearchOption.AllDirectories), f =>
            Assert.DoesNotContain("canary", File.ReadAllText(f), StringComparison.Ordinal)
        );
    }
}
