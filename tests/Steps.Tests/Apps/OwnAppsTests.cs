using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Core.Errors;
using ErpInstaller.Image;
using ErpInstaller.Outside.Git;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Apps;

/// <summary>An app that no release has: it goes the way of the release's own apps.</summary>
public sealed class OwnAppsTests : IDisposable
{
    private readonly TestInstallation _installation = new();

    [Fact]
    public async Task An_own_app_is_locked_with_its_required_apps_planned_and_installed()
    {
        Choose("my_app");
        using var files = new TemporaryDirectory();

        var result = await _installation.InstallAsync();
        await new Exporter(_installation.Open()).ExportAsync(files.Path, TestContext.Current.CancellationToken);

        Assert.True(result.ExitCode == 0, result.Message);
        var locked = AppsLockFile.Read(_installation.Directory.AppsLock)!.Apps;
        Assert.Equal([("hrms", "my_app"), ("my_app", "")], locked.Select(a => (a.Name, a.BroughtBy)));
        Assert.Equal(("https://git.example.com/acme/my_app", "main"), (locked[1].Url, locked[1].Ref));
        Assert.Contains(Directory.GetFiles(files.Path, "*", SearchOption.AllDirectories), f =>
            Path.GetFileName(f).Contains("init", StringComparison.Ordinal)
            && File.ReadAllText(f).Contains("hrms my_app", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Another_ref_updates_an_own_app_and_the_lock_drops_it_when_it_is_no_longer_chosen()
    {
        Choose("my_app");
        Assert.Equal(0, (await _installation.InstallAsync()).ExitCode);
        Choose("my_app", reference: "v2.0.0");

        Assert.Equal(0, (await _installation.InstallAsync(acceptChanges: true)).ExitCode);
        Assert.Equal("v2.0.0", AppsLockFile.Read(_installation.Directory.AppsLock)!.Apps[1].Ref);
        Choose("hrms");

        Assert.Equal(0, (await _installation.InstallAsync(acceptChanges: true)).ExitCode);
        Assert.Equal(["hrms"], AppsLockFile.Read(_installation.Directory.AppsLock)!.Apps.Select(a => a.Name));
    }

    [Fact]
    public async Task A_missing_ref_names_the_key_of_the_app()
    {
        _installation.Steps = [new AppsStep(), new ImageStep()];
        _installation.Git = new GitRemote();
        Choose("my_app", AppRepositories.Require().FileUrl("frappe/telephony"), "mian", requires: []);

        var result = await _installation.InstallAsync();

        Assert.True(result.Error == ErrorCode.AppRefMissing.Word, result.Message);
        Assert.Contains("[apps.custom.my_app] ref = \"main\"", result.Hint, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => _installation.Dispose();

    private void Choose(
        string app,
        string url = "https://git.example.com/acme/my_app",
        string reference = "main",
        string[]? requires = null
    ) =>
        _installation.Answers = new AnswerFile
        {
            Site = new SiteAnswers { Name = "erp.example.com" },
            Apps = new AppsAnswers
            {
                Install = [app],
                Custom =
                {
                    ["my_app"] = new AppOverride
                    {
                        Url = url,
                        Ref = reference,
                        Requires = [.. requires ?? ["hrms"]],
                    },
                },
            },
        };
}
