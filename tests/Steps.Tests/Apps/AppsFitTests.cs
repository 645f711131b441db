using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Image;
using ErpInstaller.Outside.Git;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Apps;

/// <summary>Apps whose repositories state the requirements that decide whether they fit the release.</summary>
public sealed class AppsFitTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SayingRepositories _git = new();
    private readonly TestInstallation _installation;

    public AppsFitTests() =>
        _installation = new TestInstallation { Steps = [new AppsStep(), new ImageStep()], Git = _git };

    [Fact]
    public async Task An_app_for_another_Frappe_fails_before_the_build()
    {
        _git.Says["helpdesk"] = Frappe(">=16.0.0-dev,<17.0.0");
        Choose(("helpdesk", new AppOverride { Ref = "develop" }));

        var result = await _installation.InstallAsync();

        Assert.Equal((int)ExitCode.StepFailed, result.ExitCode);
        Assert.Equal((StepId.Apps, ErrorCode.AppsDoNotFit.Word), (result.Step, result.Error));
        Assert.Equal("helpdesk at develop needs frappe >=16.0.0-dev, v15.75.1 has <15.109.0", result.Message);
        Assert.Contains("[apps.override.helpdesk] ref = \"v1.13.0\"", result.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain(_installation.Events.OfType<StepStarted>(), s => s.Step == StepId.Image);
        Assert.False(File.Exists(_installation.Directory.AppsLock));
    }

    [Fact]
    public async Task A_release_branch_that_no_longer_fits_fails_before_the_build()
    {
        _git.Says["healthcare"] = Frappe(">=15.120.0,<16.0.0");
        Choose(("healthcare", new AppOverride()));

        var result = await _installation.InstallAsync();

        Assert.Equal(
            "healthcare at commit 3f36c25f5eeb needs frappe >=15.120.0, v15.75.1 has <15.109.0",
            result.Message
        );
        Assert.Contains(
            "git ls-remote --tags https://github.com/earthians/marley",
            result.Hint,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_missing_required_app_fails_with_the_answer_that_adds_it()
    {
        _git.Says["lms"] = Frappe(">=15.0.0,<17.0.0") + "payments = \">=0.0.1\"\n";
        Choose(("lms", new AppOverride { Ref = "main" }));

        var stopped = await _installation.InstallAsync();
        Choose(("lms", new AppOverride { Ref = "main", Requires = ["payments"] }));
        var done = await _installation.InstallAsync(acceptChanges: true);

        Assert.Equal("lms at main needs the app payments, which is not chosen", stopped.Message);
        Assert.Equal("Add it: [apps.override.lms] requires = [\"payments\"]", stopped.Hint);
        Assert.True(done.ExitCode == 0, done.Message);
    }

    [Fact]
    public async Task A_plan_shows_whether_refs_of_the_answers_fit_and_fails_when_one_does_not()
    {
        _git.Says["crm"] = Frappe(">=15.0.0,<17.0.0");
        _git.Says["lms"] = "[project]\nrequires-python = \">=3.14\"\n";
        Choose(
            ("crm", new AppOverride { Ref = "main" }),
            ("gameplan", new AppOverride { Ref = "develop" }),
            ("lms", new AppOverride { Ref = "main" }),
            ("hrms", new AppOverride())
        );

        var error = await Refusal.OfAsync(ErrorCode.AppsDoNotFit, () =>
            new Planner(_installation.Open()).PlanAsync(CancellationToken.None)
        );

        var planned = _installation
            .Events.OfType<StepPlanned>()
            .Single()
            .Changes.Where(c => !c.Subject.Contains(':', StringComparison.Ordinal));
        Assert.Equal(
            [
                "main at aaaaaaaaaaaa, fits: frappe >=15.0.0,<17.0.0",
                "develop at aaaaaaaaaaaa, does not state which Frappe it needs",
                "main at aaaaaaaaaaaa, does not fit: needs Python >=3.14, has 3.11",
                "v15.49.0 at aaaaaaaaaaaa",
            ],
            planned.Select(c => c.Why)
        );
        Assert.Equal("lms at main needs Python >=3.14, v15.75.1 has 3.11", error.Message);
    }

    [Fact]
    public async Task An_export_reports_apps_that_do_not_fit()
    {
        _git.Says["crm"] = Frappe(">=16.0.0");
        Choose(("crm", new AppOverride { Ref = "main" }));

        await new Exporter(_installation.Open()).ExportAsync(_directory.Path, CancellationToken.None);

        Assert.Contains(_installation.Events.OfType<Log>(), l =>
            l.Level == LogLevel.Warning
            && l.Line.StartsWith("crm at main needs frappe >=16.0.0, ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_repository_that_does_not_answer_is_no_error()
    {
        _git.Says["crm"] = null;
        Choose(("crm", new AppOverride { Ref = "main" }));

        var result = await _installation.InstallAsync();

        Assert.True(result.ExitCode == 0, result.Message);
        Assert.Contains(_installation.Events.OfType<Log>(), l =>
            l.Line.StartsWith("crm: its requirements could not be read: ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_second_run_in_place_reads_nothing()
    {
        Choose(("crm", new AppOverride { Ref = "main" }));
        await _installation.InstallAsync();
        var asked = _git.Asked;

        await _installation.InstallAsync();

        Assert.Equal((1, 1), (asked, _git.Asked));
    }

    [Fact]
    public async Task An_existing_image_is_not_checked_for_requirements()
    {
        _git.Says["crm"] = Frappe(">=16.0.0");
        _installation.Steps = [new AppsStep()];
        Choose(("crm", new AppOverride { Ref = "main" }));
        _installation.Answers = _installation.Answers with
        {
            Image = new ImageAnswers { Source = ImageSource.Existing, Reference = "ours:7" },
        };

        var result = await _installation.InstallAsync();

        Assert.Equal((0, 0), (result.ExitCode, _git.Asked));
    }

    [Fact]
    public async Task A_rehearsal_reports_a_ref_of_another_release_that_does_not_fit()
    {
        _installation.Git = null;
        Choose(("hrms", new AppOverride { Ref = "v16.1.0" }));

        var result = await _installation.InstallAsync();

        Assert.Equal(
            "hrms at v16.1.0 needs frappe >=16.0.0, v15.75.1 has <15.109.0; it needs Python >=3.14, v15.75.1 has 3.11",
            result.Message
        );
    }

    [Fact]
    public async Task Requirements_of_real_repositories_are_read_at_the_refs_commit()
    {
        var apps = AppRepositories.Require();
        _installation.Git = new GitRemote();
        Choose(
            ("helpdesk", new AppOverride { Url = apps.FileUrl("frappe/helpdesk"), Ref = "main" }),
            ("lms", new AppOverride { Url = apps.FileUrl("frappe/lms"), Ref = "main" }),
            ("crm", new AppOverride { Url = apps.FileUrl("broken/crm"), Ref = "unpackaged" })
        );

        var result = await _installation.InstallAsync();

        Assert.Equal(ErrorCode.AppsDoNotFit.Word, result.Error);
        Assert.Equal(
            "helpdesk at main needs frappe >=15.109.0, v15.75.1 has <15.109.0; it needs the app telephony, which is "
                + "not chosen; "
                + "lms at main needs the app payments, which is not chosen",
            result.Message
        );
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _installation.Dispose();
        _directory.Dispose();
    }

    private static string Frappe(string versions) => $"[tool.bench.frappe-dependencies]\nfrappe = \"{versions}\"\n";

    private void Choose(params (string App, AppOverride Override)[] apps) =>
        _installation.Answers = new AnswerFile
        {
            Site = new SiteAnswers { Name = "erp.example.com" },
            Apps = new AppsAnswers
            {
                Install = [.. apps.Select(a => a.App)],
                Override = apps.ToDictionary(a => a.App, a => a.Override),
            },
        };

    /// <summary>Repositories that have every requested ref, and the files that the test gives them.</summary>
    private sealed class SayingRepositories : IGitRemote
    {
        /// <summary>App → its pyproject.toml; null: the repository does not answer.</summary>
        public Dictionary<string, string?> Says { get; } = [];

        public int Asked { get; private set; }

        public Task<IReadOnlyList<GitRef>> ListRefsAsync(string url, GitLogin? login, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<GitRef>>([
                .. ((string[])["main", "develop", "version-15", "v15.49.0"]).Select(n => new GitRef(
                    n,
                    new string('a', 40),
                    IsTag: false
                )),
            ]);

        public Task<IReadOnlyDictionary<string, string?>> ReadFilesAsync(
            GitFiles files,
            GitLogin? login,
            CancellationToken cancellation
        )
        {
            Asked++;
            var app = files.Paths.Single(p => p.EndsWith("/hooks.py", StringComparison.Ordinal)).Split('/')[0];
            return !Says.TryGetValue(app, out var text)
                    ? Task.FromResult<IReadOnlyDictionary<string, string?>>(new Dictionary<string, string?>())
                : text is null ? throw new RepositoryUnreachable($"{files.Url}: no answer", "Try it by hand.")
                : Task.FromResult<IReadOnlyDictionary<string, string?>>(
                    new Dictionary<string, string?> { ["pyproject.toml"] = text }
                );
        }

        public Task PackAsync(GitPack pack, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
