using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Errors;
using ErpInstaller.Image;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Apps;

public sealed class AppsStepTests : IDisposable
{
    private readonly TestInstallation _installation = new() { Steps = [new AppsStep()] };

    [Fact]
    public async Task Each_of_the_guides_eight_apps_is_locked_to_a_commit()
    {
        var result = await _installation.InstallAsync();

        var content = AppsLockFile.Read(_installation.Directory.AppsLock)!;
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(_installation.Answers.Apps.Install, content.Apps.Select(a => a.Name));
        Assert.All(content.Apps, a => Assert.Matches("^[0-9a-f]{40}$", a.Commit));
        Assert.Equal("https://github.com/earthians/marley", content.Apps.Single(a => a.Name == "healthcare").Url);
    }

    [Fact]
    public async Task A_required_app_is_added_before_the_app_that_requires_it()
    {
        _installation.Answers = _installation.Answers with
        {
            Erpnext = new ErpNextAnswers { Release = "v16.32.3" },
            Apps = new AppsAnswers { Install = ["helpdesk", "lending"] },
        };

        await _installation.InstallAsync();

        var content = AppsLockFile.Read(_installation.Directory.AppsLock)!;
        Assert.Equal(["telephony", "helpdesk", "lending"], content.Apps.Select(a => a.Name));
        Assert.Equal("helpdesk", content.Apps[0].BroughtBy);
        Assert.Equal("v16.1.0", content.Apps[2].Ref);
    }

    [Fact]
    public async Task A_missing_branch_fails_and_similar_names_are_listed()
    {
        _installation.Answers = _installation.Answers with
        {
            Apps = new AppsAnswers
            {
                Install = ["crm"],
                Override = { ["crm"] = new AppOverride { Ref = "version-15" } },
            },
        };

        var result = await _installation.InstallAsync();

        Assert.Equal((int)ExitCode.StepFailed, result.ExitCode);
        Assert.Equal(ErrorCode.AppRefMissing.Word, result.Error);
        Assert.Contains(
            "https://github.com/frappe/crm has no branch or tag version-15",
            result.Message!,
            StringComparison.Ordinal
        );
        Assert.Contains("v1.52.2", result.Hint!, StringComparison.Ordinal);
        Assert.False(File.Exists(_installation.Directory.AppsLock));
    }

    [Fact]
    public async Task The_fingerprint_of_a_lock_does_not_depend_on_its_time()
    {
        await _installation.InstallAsync();
        var first = AppsLockFile.Read(_installation.Directory.AppsLock)!;
        File.Delete(_installation.Directory.AppsLock);
        _installation.Time.Advance(TimeSpan.FromDays(1));

        await _installation.InstallAsync();

        var second = AppsLockFile.Read(_installation.Directory.AppsLock)!;
        Assert.NotEqual(first.ResolvedAt, second.ResolvedAt);
        Assert.Equal(first.Fingerprint(), second.Fingerprint());
    }

    [Fact]
    public void Apps_that_require_each_other_are_refused()
    {
        var answers = new AppsAnswers
        {
            Install = ["crm"],
            Override =
            {
                ["crm"] = new AppOverride { Requires = ["lms"] },
                ["lms"] = new AppOverride { Requires = ["crm"] },
            },
        };

        var error = Assert.Throws<AppsUnusable>(() => AppSelection.Resolve(answers, _installation.Release));

        Assert.Contains("crm → lms → crm", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Base_images_are_locked_to_digests_and_the_Dockerfile_uses_them()
    {
        await _installation.InstallAsync();

        var content = AppsLockFile.Read(_installation.Directory.AppsLock)!;
        Assert.Matches("^sha256:[0-9a-f]{64}$", content.BuildDigest);
        Assert.Equal($"frappe/erpnext:v15.75.1@{content.RuntimeDigest}", content.RuntimeBase());
        var dockerfile = DockerfileText.Generate(content, new AssetSource()).Text();
        Assert.Contains($"FROM {content.RuntimeBase()}\n", dockerfile, StringComparison.Ordinal);
        Assert.NotEqual(
            content.Fingerprint(),
            (content with { RuntimeDigest = "sha256:" + new string('0', 64) }).Fingerprint()
        );
    }

    [Fact]
    public async Task An_existing_image_needs_no_base_images()
    {
        _installation.Answers = _installation.Answers with
        {
            Image = new ImageAnswers { Source = ImageSource.Existing, Reference = "ours:7" },
        };

        await _installation.InstallAsync();

        Assert.Equal("", AppsLockFile.Read(_installation.Directory.AppsLock)!.RuntimeDigest);
    }

    public void Dispose() => _installation.Dispose();
}
