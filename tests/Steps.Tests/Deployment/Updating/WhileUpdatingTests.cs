using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Updating;

/// <summary>
/// The answers that visitors get while a site is updated. They ask four times a second for pages, and for the assets
/// that the pages name, through the real nginx, MariaDB and Redis, with images that the product built.
/// </summary>
[Collection(Collection)]
public sealed class WhileUpdatingTests : IClassFixture<AppImages>
{
    private const string Collection = "updates that are timed";

    private static readonly string[] Paths = ["/api/method/ping", "/login", "/hrms"];

    private readonly AppImages _images;

    public WhileUpdatingTests(AppImages images)
    {
        DockerEnvironment.Require();
        _images = images;
    }

    [Fact]
    public async Task An_update_without_migration_interrupts_the_site_for_at_most_5_s_and_every_page_finds_its_assets()
    {
        await using var site = new ServedSite(backends: 1);
        await site.InstallAsync(_images.Before, "hrms");
        await using var poll = await site.PollAsync(Paths);

        (await site.UpdateAsync(_images.Updated, ["hrms"])).Succeeded();
        await poll.WaitAsync(8);

        AssertPagesAreWhole(poll);
        Assert.InRange(poll.LongestOutage, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(2, PagesOf("/hrms", poll));
        Assert.Equal(200, poll.Answers[^1].Status);
    }

    [Fact]
    public async Task With_two_backends_an_update_without_migration_loses_no_request()
    {
        await using var site = new ServedSite(backends: 2);
        await site.InstallAsync(_images.Before, "hrms");
        await using var poll = await site.PollAsync(Paths);

        (await site.UpdateAsync(_images.Updated, ["hrms"])).Succeeded();
        await poll.WaitAsync(8);

        AssertPagesAreWhole(poll);
        Assert.True(poll.Answers.All(a => a.Status == 200), poll.Summary);
        Assert.Equal(2, PagesOf("/hrms", poll));
    }

    // On one site, as each takes long to install: a failure before the change, one in the middle, the run that ends it.
    [Fact]
    public async Task Adding_an_app_shows_the_old_page_the_maintenance_page_or_the_new_page_and_never_an_error()
    {
        await using var site = new ServedSite(backends: 1);
        await site.InstallAsync(_images.Before, "hrms");
        await using var poll = await site.PollAsync(Paths);
        Task<ProgramRun> AddCrmAsync(string environment = "") =>
            site.UpdateAsync(_images.WithCrm, ["hrms", "crm"], environment);

        var early = await AddCrmAsync("SECRETS_DIR=/nowhere");
        await poll.WaitAsync(8);
        var givenBack = poll.Answers.TakeLast(6).ToList();
        var killed = await AddCrmAsync("STANDIN_KILL_AT=crm");
        await poll.WaitAsync(8);
        var halfWay = poll.Answers.TakeLast(6).ToList();
        (await AddCrmAsync()).Succeeded();
        await poll.WaitAsync(8);

        AssertPagesAreWhole(poll);
        AssertMaintenancePageOnly(poll);
        Assert.Equal((InitJob.NothingChanged, 137), (early.ExitCode, killed.ExitCode));
        Assert.All(givenBack, a => Assert.Equal(200, a.Status));
        Assert.All(halfWay, a => Assert.Equal(503, a.Status));
        Assert.All(poll.Answers.TakeLast(3), a => Assert.Equal(200, a.Status));
        Assert.DoesNotContain("crm.bundle", givenBack.Last(a => a.Path == "/login").Body, StringComparison.Ordinal);
        Assert.Contains("crm.bundle", poll.Answers.Last(a => a.Path == "/login").Body, StringComparison.Ordinal);
    }

    // There are two different pages: the old one and the new one.
    private static int PagesOf(string path, SitePoll poll) =>
        poll.Answers.Where(a => a.Path == path && a.Status == 200).Select(a => a.Body).Distinct().Count();

    private static void AssertPagesAreWhole(SitePoll poll)
    {
        Assert.Empty(poll.Answers.SelectMany(a => a.DeadAssets));
        var page = poll.Answers.First(a => a is { Path: "/hrms", Status: 200 });
        Assert.Contains("/assets/hrms/", page.Body, StringComparison.Ordinal);
    }

    // No other answer than a page or the maintenance page: no 500, no refused connection.
    private static void AssertMaintenancePageOnly(SitePoll poll)
    {
        Assert.True(poll.Answers.All(a => a.Status is 200 or 503), poll.Summary);
        Assert.All(poll.Answers.Where(a => a.Status == 503), a =>
            Assert.Contains("is being updated or started", a.Body, StringComparison.Ordinal)
        );
    }

    /// <summary>They run alone: other tests beside them would be part of the measured time.</summary>
    [CollectionDefinition(Collection, DisableParallelization = true)]
    public sealed class Alone;
}
