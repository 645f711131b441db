using CliWrap;
using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Core.Errors;
using ErpInstaller.Image;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Git;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Image;

/// <summary>Neither builder repeats finished parts.</summary>
public sealed class RepeatedBuildTests : IDisposable
{
    private readonly DockerEnvironment _docker = DockerEnvironment.Require();
    private readonly AppRepositories _apps = AppRepositories.Require();
    private readonly TemporaryDirectory _directory = new();
    private readonly DockerEngine _engine;
    private readonly TestInstallation _installation;

    public RepeatedBuildTests()
    {
        _engine = new DockerEngine(_docker.Endpoint, DockerEnvironment.RequireBuildx());
        _installation = new TestInstallation
        {
            Steps = [new AppsStep(), new ImageStep()],
            Git = new GitRemote(),
            Docker = _engine,
        };
    }

    // BuildKit builds in parallel and cancels running parts when another one fails.
    [Theory]
    [InlineData(ImageBuilder.Engine)]
    public async Task A_retry_after_a_failed_app_repeats_no_completed_app(ImageBuilder builder)
    {
        Use(builder, "out-of-memory");
        Assert.Equal(ErrorCode.BuildFailed.Word, (await _installation.InstallAsync()).Error);

        await _installation.InstallAsync();

        var second = await File.ReadAllTextAsync(_installation.Directory.In("build.log"));
        Assert.Contains("Running build command for crm", second, StringComparison.Ordinal);
        Assert.All(
            [
                "Installing telephony",
                "Running build command for hrms",
                "Installing hrms",
                "Installing crm",
                "Installing lending",
            ],
            done => Assert.DoesNotContain(done, second, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(ImageBuilder.Buildx)]
    [InlineData(ImageBuilder.Engine)]
    public async Task A_new_ref_of_the_failed_app_repeats_no_earlier_app(ImageBuilder builder)
    {
        Use(builder, "out-of-memory");
        Assert.Equal(ErrorCode.BuildFailed.Word, (await _installation.InstallAsync()).Error);
        var first = await File.ReadAllTextAsync(_installation.Directory.In("build.log"));
        Use(builder, "moving", await CloneAsync());
        await CommitAsync();

        Assert.Equal(0, (await _installation.InstallAsync(acceptChanges: true)).ExitCode);

        var second = await File.ReadAllTextAsync(_installation.Directory.In("build.log"));
        Assert.Contains("Running build command for crm", second, StringComparison.Ordinal);

        // BuildKit builds in parallel: the failure may have cancelled the installation or the front end of hrms.
        // Apps are installed one after the other, so hrms was complete when crm began.
        if (builder == ImageBuilder.Engine || first.Contains("Installing crm", StringComparison.Ordinal))
        {
            Assert.DoesNotContain("Installing hrms", second, StringComparison.Ordinal);
        }

        if (builder == ImageBuilder.Engine)
        {
            Assert.DoesNotContain("Running build command for hrms", second, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(ImageBuilder.Buildx)]
    [InlineData(ImageBuilder.Engine)]
    public async Task A_moved_ref_repeats_no_earlier_app(ImageBuilder builder)
    {
        var url = await CloneAsync();
        await CommitAsync();
        Use(builder, "moving", url);
        Assert.Equal(0, (await _installation.InstallAsync()).ExitCode);
        await CommitAsync();
        _installation.UpdateLock = true;

        Assert.Equal(0, (await _installation.InstallAsync()).ExitCode);

        var second = await File.ReadAllTextAsync(_installation.Directory.In("build.log"));
        Assert.Contains("Installing crm", second, StringComparison.Ordinal);
        Assert.DoesNotContain("Installing hrms", second, StringComparison.Ordinal);
        Assert.DoesNotContain("Running build command for hrms", second, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ImageBuilder.Buildx)]
    [InlineData(ImageBuilder.Engine)]
    public async Task A_commit_repeats_yarn_only_when_it_changes_a_file_that_yarn_reads(ImageBuilder builder)
    {
        Use(builder, "moving", await CloneAsync());
        // The builder has the packages of other tests' crm.
        await CommitAsync("yarn.lock");
        Assert.Contains("yarn install v", await BuildLogAsync(), StringComparison.Ordinal);

        await CommitAsync();
        var code = await BuildLogAsync();
        await CommitAsync("yarn.lock");
        var locked = await BuildLogAsync();

        Assert.Contains("Running build command for crm", code, StringComparison.Ordinal);
        Assert.DoesNotContain("yarn install v", code, StringComparison.Ordinal);
        Assert.Contains("Running build command for crm", locked, StringComparison.Ordinal);
        Assert.Contains("yarn install v", locked, StringComparison.Ordinal);

        async Task<string> BuildLogAsync()
        {
            _installation.UpdateLock = true;
            Assert.Equal(0, (await _installation.InstallAsync()).ExitCode);
            return await File.ReadAllTextAsync(_installation.Directory.In("build.log"));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _installation.Dispose();
        _directory.Dispose();
        _engine.Dispose();
    }

    // New commits, so that no cache has them.
    private async Task<string> CloneAsync()
    {
        await GitAsync("clone", "--quiet", "--no-checkout", $"{_apps.Directory}/frappe/crm.git", _directory.Path);
        await GitAsync("checkout", "--quiet", "-b", "moving", "v1.52.2");
        return $"file://{_directory.Path}";
    }

    private async Task CommitAsync(string file = "crm/changed.py")
    {
        await File.WriteAllTextAsync(_directory.In(file), $"# {Guid.NewGuid()}\n");
        await GitAsync("add", "--all");
        await GitAsync(
            "-c",
            "user.name=test",
            "-c",
            "user.email=test@example.com",
            "commit",
            "--quiet",
            "--message",
            "changed"
        );
    }

    private async Task GitAsync(params string[] arguments) =>
        await Cli.Wrap("git").WithArguments(arguments).WithWorkingDirectory(_directory.Path).ExecuteAsync();

    private void Use(ImageBuilder builder, string crm, string? url = null) =>
        _installation.Answers = new AnswerFile
        {
            Site = new SiteAnswers { Name = "erp.example.com" },
            Image = new ImageAnswers { Name = $"erp-installer-test/{Guid.NewGuid():N}", Builder = builder },
            Apps = new AppsAnswers
            {
                Install = ["hrms", "crm", "lending"],
                Override =
                {
                    ["hrms"] = new AppOverride { Url = _apps.HttpUrl("frappe/hrms"), Ref = "v15.50.0" },
                    ["crm"] = new AppOverride { Url = url ?? _apps.HttpUrl("frappe/crm"), Ref = crm },
                    ["lending"] = new AppOverride { Url = _apps.HttpUrl("frappe/lending"), Ref = "version-15" },
                },
            },
        };
}
