using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Outside.Git;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Apps;

/// <summary>The changes of an apps lock when refs move.</summary>
public sealed class UpdateLockTests : IDisposable
{
    private static readonly string Old = new('a', 40);
    private static readonly string New = new('b', 40);

    private readonly MovingRefs _git = new();
    private readonly TestInstallation _installation;

    public UpdateLockTests() =>
        _installation = new TestInstallation
        {
            Steps = [new AppsStep()],
            Git = _git,
            Answers = new AnswerFile
            {
                Site = new SiteAnswers { Name = "erp.example.com" },
                Apps = Apps("crm", "gameplan"),
            },
        };

    private AppsLock Locked => AppsLockFile.Read(_installation.Directory.AppsLock)!;

    [Fact]
    public async Task An_apps_lock_stays_when_refs_move()
    {
        await _installation.InstallAsync();
        _git.Commits["https://example.com/crm"] = New;

        await _installation.InstallAsync();

        Assert.Equal(Old, Locked.Apps[0].Commit);
    }

    [Fact]
    public async Task Update_lock_takes_moved_refs_and_reports_old_and_new_commits()
    {
        await _installation.InstallAsync();
        _git.Commits["https://example.com/crm"] = New;
        _installation.UpdateLock = true;

        var result = await _installation.InstallAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Equal([New, Old], Locked.Apps.Select(a => a.Commit));
        Assert.Contains(_installation.Events.OfType<Log>(), l =>
            l.Line == "lock crm: main: aaaaaaaaaaaa → bbbbbbbbbbbb, does not state which Frappe it needs"
        );
        Assert.DoesNotContain(_installation.Events.OfType<Log>(), l =>
            l.Line.StartsWith("lock gameplan", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_plan_lists_moved_refs_and_changes_nothing()
    {
        await _installation.InstallAsync();
        _git.Commits["https://example.com/crm"] = New;
        _installation.UpdateLock = true;

        var toDo = await new Planner(_installation.Open()).PlanAsync(CancellationToken.None);

        Assert.True(toDo);
        var planned = _installation.Events.OfType<StepPlanned>().Single();
        Assert.Equal("1 moved since apps.lock.toml was made", planned.Summary);
        Assert.Equal(
            new PlannedChange(
                ChangeKind.Update,
                "lock crm",
                "main: aaaaaaaaaaaa → bbbbbbbbbbbb, does not state which Frappe it needs"
            ),
            Assert.Single(planned.Changes)
        );
        Assert.Equal(Old, Locked.Apps[0].Commit);
    }

    [Fact]
    public async Task Update_lock_without_moved_refs_does_nothing()
    {
        await _installation.InstallAsync();
        var before = Locked;
        _installation.UpdateLock = true;
        _installation.Time.Advance(TimeSpan.FromDays(1));

        Assert.False(await new Planner(_installation.Open()).PlanAsync(CancellationToken.None));
        await _installation.InstallAsync();

        Assert.Equal(before.ResolvedAt, Locked.ResolvedAt);
    }

    [Fact]
    public async Task A_new_app_in_the_answers_moves_no_other_app()
    {
        await _installation.InstallAsync();
        _git.Commits["https://example.com/crm"] = New;
        _installation.Answers = _installation.Answers with { Apps = Apps("crm", "gameplan", "insights") };

        await _installation.InstallAsync(acceptChanges: true);

        Assert.Equal([("crm", Old), ("gameplan", Old), ("insights", Old)], Locked.Apps.Select(a => (a.Name, a.Commit)));
    }

    [Fact]
    public async Task A_changed_ref_resolves_only_its_own_app()
    {
        await _installation.InstallAsync();
        _git.Commits["https://example.com/crm"] = New;
        _git.Commits["https://example.com/gameplan"] = New;
        _installation.Answers.Apps.Override["gameplan"] = new AppOverride
        {
            Url = "https://example.com/gameplan",
            Ref = "develop",
        };

        await _installation.InstallAsync(acceptChanges: true);

        Assert.Equal([Old, New], Locked.Apps.Select(a => a.Commit));
        Assert.Contains(_installation.Events.OfType<Log>(), l =>
            l.Line
            == "lock gameplan: main at aaaaaaaaaaaa → develop at bbbbbbbbbbbb, does not state which Frappe it needs"
        );
    }

    /// <inheritdoc/>
    public void Dispose() => _installation.Dispose();

    private static AppsAnswers Apps(params string[] names) =>
        new()
        {
            Install = [.. names],
            Override = names.ToDictionary(
                n => n,
                n => new AppOverride { Url = $"https://example.com/{n}", Ref = "main" }
            ),
        };

    /// <summary>Repositories with the branches main and develop, both at the same commit.</summary>
    private sealed class MovingRefs : IGitRemote
    {
        public Dictionary<string, string> Commits { get; } = [];

        public Task<IReadOnlyList<GitRef>> ListRefsAsync(string url, GitLogin? login, CancellationToken cancellation)
        {
            var commit = Commits.GetValueOrDefault(url, Old);
            return Task.FromResult<IReadOnlyList<GitRef>>([
                new GitRef("main", commit, IsTag: false),
                new GitRef("develop", commit, IsTag: false),
            ]);
        }

        public Task<IReadOnlyDictionary<string, string?>> ReadFilesAsync(
            GitFiles files,
            GitLogin? login,
            CancellationToken cancellation
        ) => Task.FromResult<IReadOnlyDictionary<string, string?>>(new Dictionary<string, string?>());

        public Task PackAsync(GitPack pack, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
