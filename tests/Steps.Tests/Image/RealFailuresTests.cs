using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Image;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Git;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Image;

/// <summary>
/// Real failures of builds in a real Docker engine. <see cref="BuildFailureTests"/> has recorded ones that a test
/// cannot cause.
/// </summary>
public sealed class RealFailuresTests : IDisposable
{
    private readonly DockerEnvironment _docker = DockerEnvironment.Require();
    private readonly AppRepositories _apps = AppRepositories.Require();
    private readonly DockerEngine _engine;
    private readonly TestInstallation _installation;

    public RealFailuresTests()
    {
        _engine = new DockerEngine(_docker.Endpoint);
        _installation = new TestInstallation
        {
            Steps = [new AppsStep(), new ImageStep()],
            Git = new GitRemote(),
            Docker = _engine,
        };
    }

    [Fact]
    public async Task A_full_disk_is_named_with_the_space_that_Docker_uses()
    {
        var result = await InstallAsync(("crm", Crm("broken/crm", "disk-full")));

        Assert.StartsWith("crm: building the front end: the disk is full (/", result.Message, StringComparison.Ordinal);
        Assert.Matches(@": [0-9.]+ of [0-9.]+ GB free; Docker takes: Images [0-9.]+[kMGT]?B, ", result.Message);
        Assert.Contains("docker builder prune", result.Hint, StringComparison.Ordinal);

        // cat writes in pieces, and other output of the build may come between them.
        Assert.Contains(result.Details, l => l.EndsWith(": No space left on device", StringComparison.Ordinal));
        Assert.Equal(20, result.Details.Count);
    }

    // The apps step refuses apps that do not fit, but an existing lock can contain them.
    [Fact]
    public async Task An_app_for_a_newer_Frappe_is_named_with_both_versions()
    {
        var result = await InstallLockedAsync(
            (
                "helpdesk",
                new AppOverride
                {
                    Url = _apps.HttpUrl("frappe/helpdesk"),
                    Ref = "main",
                    Requires = ["telephony"],
                }
            ),
            ("telephony", new AppOverride { Url = _apps.HttpUrl("frappe/telephony"), Ref = "main" })
        );

        Assert.Equal(
            "checking what the apps require: helpdesk needs frappe >=15.109.0,<17.0.0, the release has 15.78.1",
            result.Message
        );
        Assert.Contains("[apps.override.helpdesk] ref", result.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_required_app_is_named_with_the_app_that_requires_it()
    {
        var result = await InstallLockedAsync(
            (
                "lms",
                new AppOverride
                {
                    Url = _apps.HttpUrl("frappe/lms"),
                    Ref = "main",
                    Requires = [],
                }
            )
        );

        Assert.Equal(
            "checking what the apps require: lms requires the app payments, which is not chosen",
            result.Message
        );
        Assert.Contains("[apps.override.lms] requires = [\"payments\"]", result.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frappe/hookless", "main", "it is not a Frappe app")]
    [InlineData("earthians/marley", "version-15", "the repository holds the app healthcare, not crm")]
    [InlineData("broken/crm", "unpackaged", "the repository has neither pyproject.toml nor setup.py")]
    public async Task A_repository_of_another_app_is_refused(string repository, string reference, string words)
    {
        var result = await InstallAsync(("crm", Crm(repository, reference)));

        Assert.StartsWith($"crm: fetching {reference}: ", result.Message, StringComparison.Ordinal);
        Assert.Contains(words, result.Message, StringComparison.Ordinal);
        Assert.Contains("apps.override", result.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_with_a_submodule_is_installed_without_it_as_bench_does()
    {
        var result = await InstallAsync(("crm", Crm("broken/crm", "submodule")));

        Assert.True(result.ExitCode == 0, result.Message);
        var image = _installation.State().Output(StepId.Image, ImageOutputs.ReferenceKey)!;
        Assert.Equal(
            "",
            (
                await _docker.RunAsync(image, "bash", "-c", "test -f apps/crm/.gitmodules && ls -A apps/crm/ui")
            ).Succeeded()
        );
    }

    // The repository changes between resolution and build, so the test writes the lock itself.
    [Theory]
    [InlineData("http://git.invalid/frappe/crm", "a name cannot be resolved inside the build")]
    [InlineData("http://127.0.0.1:1/frappe/crm", "a server does not answer")]
    [InlineData("untrusted", "a certificate is not trusted")]
    [InlineData("private", "the repository asks for a login")]
    public async Task The_causes_of_an_unreachable_repository_are_distinguished(string url, string words)
    {
        url = url switch
        {
            "untrusted" => _apps.UntrustedUrl("frappe/crm"),
            "private" => _apps.HttpUrl("private/crm"),
            _ => url,
        };
        Lock(
            new LockedApp
            {
                Name = "crm",
                Url = url,
                Ref = "main",
                Commit = new string('a', 40),
            }
        );

        var result = await InstallAsync(("crm", new AppOverride { Url = url, Ref = "main" }));

        Assert.Equal(ErrorCode.BuildFailed.Word, result.Error);
        Assert.StartsWith($"crm: fetching main: {words}", result.Message, StringComparison.Ordinal);
        Assert.NotEmpty(result.Details);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _installation.Dispose();
        _engine.Dispose();
    }

    private AppOverride Crm(string repository, string reference) =>
        new() { Url = _apps.HttpUrl(repository), Ref = reference };

    private void Lock(params List<LockedApp> apps)
    {
        var release = _installation.Release;
        Directory.CreateDirectory(_installation.Directory.Path);
        AppsLockFile.Write(
            _installation.Directory.AppsLock,
            new AppsLock
            {
                Release = release.Version,
                BuildImage = release.Images.Build,
                RuntimeImage = release.Images.Runtime,
                Apps = apps,
            }
        );
    }

    private async Task<Finished> InstallLockedAsync(params (string App, AppOverride Override)[] apps)
    {
        var locked = new List<LockedApp>();
        foreach (var (app, change) in apps)
        {
            var refs = await new GitRemote().ListRefsAsync(change.Url!, null, TestContext.Current.CancellationToken);

            // A required app comes before the app that requires it.
            locked.Insert(
                0,
                new LockedApp
                {
                    Name = app,
                    Url = change.Url!,
                    Ref = change.Ref!,
                    Commit = refs.Single(r => r.Name == change.Ref).Commit,
                }
            );
        }

        Lock(locked);
        return await InstallAsync(apps);
    }

    private async Task<Finished> InstallAsync(params (string App, AppOverride Override)[] apps)
    {
        _installation.Answers = new AnswerFile
        {
            Site = new SiteAnswers { Name = "erp.example.com" },
            Image = new ImageAnswers { Name = $"erp-installer-test/{Guid.NewGuid():N}", Builder = ImageBuilder.Engine },
            Apps = new AppsAnswers
            {
                Install = [apps[0].App],
                Override = apps.ToDictionary(a => a.App, a => a.Override),
            },
        };
        return await _installation.InstallAsync();
    }
}
