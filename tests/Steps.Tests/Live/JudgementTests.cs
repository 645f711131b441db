using ErpInstaller.Live;
using ErpInstaller.Run;

namespace ErpInstaller.Tests.Live;

/// <summary>The limits that docs/operating.md lists.</summary>
public sealed class JudgementTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 1, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("running", 0, 0, 600, 100, LiveLevel.Well)]
    [InlineData("running", 1, 0, 10, 100, LiveLevel.Warns)]
    [InlineData("running", 1, 0, 40, 100, LiveLevel.Well)]
    [InlineData("running", 1, 1, 10, 100, LiveLevel.Warns)]
    [InlineData("running", 0, 0, 600, 950, LiveLevel.Warns)]
    [InlineData("pending", 0, 0, 0, 0, LiveLevel.Down)]
    [InlineData("dead", 0, 0, 0, 0, LiveLevel.Down)]
    [InlineData("lost", 0, 0, 600, 100, LiveLevel.Down)]
    [InlineData("absent", 0, 0, 0, 0, LiveLevel.Down)]
    public void A_container(string state, int restarts, int kills, int minutes, int memory, LiveLevel expected) =>
        Assert.Equal(
            expected,
            Judgement
                .Of(
                    new LiveContainer("backend", "erpnext", "backend", "backend")
                    {
                        State = state,
                        Restarts = restarts,
                        OomKills = kills,
                        Started = Now.AddMinutes(-minutes),
                        MemoryMebibytes = memory,
                        MemoryLimitMebibytes = 1000,
                    },
                    Now
                )
                .Level
        );

    [Theory]
    [InlineData("dead", LiveLevel.Well)]
    [InlineData("absent", LiveLevel.Well)]
    [InlineData("running", LiveLevel.Warns)]
    public void A_task_of_the_init_job_must_have_ended(string state, LiveLevel expected) =>
        Assert.Equal(
            expected,
            Judgement
                .Of(new LiveContainer("create-site", "j", "init", "create-site") { State = state, Ends = true }, Now)
                .Level
        );

    [Theory]
    [InlineData(30, LiveLevel.Well)]
    [InlineData(13.9, LiveLevel.Warns)]
    [InlineData(-0.1, LiveLevel.Down)]
    public void A_certificate(double days, LiveLevel expected) =>
        Assert.Equal(expected, Judgement.Of(new LiveCertificate(Now.AddDays(days), days)).Level);

    [Theory]
    [InlineData(true, 240.0, null, LiveLevel.Well)]
    [InlineData(true, 601.0, null, LiveLevel.Down)]
    [InlineData(true, null, null, LiveLevel.Unknown)]
    [InlineData(false, null, "pause_scheduler", LiveLevel.Warns)]
    [InlineData(null, null, null, LiveLevel.Unknown)]
    public void The_scheduler(bool? enabled, double? seconds, string? off, LiveLevel expected)
    {
        var judged = Judgement.Of(new LiveScheduler { Enabled = enabled, LastJobSeconds = seconds }, off);

        Assert.Equal(expected, judged.Level);
        Assert.Contains(off ?? "", judged.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short", 3, 0, 60.0, LiveLevel.Well)]
    [InlineData("short", 3, 0, 901.0, LiveLevel.Warns)]
    [InlineData("long", 3, 0, 901.0, LiveLevel.Well)]
    [InlineData("long", 3, 0, 7201.0, LiveLevel.Warns)]
    [InlineData("short", 0, 1, null, LiveLevel.Warns)]
    [InlineData("short", 500, 0, 60.0, LiveLevel.Down)]
    public void A_queue(string name, long length, long abandoned, double? oldest, LiveLevel expected) =>
        Assert.Equal(
            expected,
            Judgement.Of(new LiveQueue(name, length, 0, 0, abandoned) { OldestSeconds = oldest }).Level
        );

    [Theory]
    [InlineData(2, LiveLevel.Well)]
    [InlineData(3, LiveLevel.Well)]
    [InlineData(1, LiveLevel.Warns)]
    [InlineData(0, LiveLevel.Down)]
    [InlineData(null, LiveLevel.Unknown)]
    public void Workers(int? count, LiveLevel expected) =>
        Assert.Equal(expected, Judgement.Of(new LiveWorkers(2) { Count = count }).Level);

    [Theory]
    [InlineData(25.0, true, LiveLevel.Well)]
    [InlineData(27.0, true, LiveLevel.Warns)]
    [InlineData(27.0, false, LiveLevel.Well)]
    [InlineData(169.0, false, LiveLevel.Warns)]
    [InlineData(null, false, LiveLevel.Warns)]
    public void A_backup(double? hours, bool isScheduled, LiveLevel expected) =>
        Assert.Equal(expected, Judgement.Of(new LiveBackup { AgeSeconds = hours * 3600 }, isScheduled).Level);

    [Theory]
    [InlineData(20, LiveLevel.Well)]
    [InlineData(9, LiveLevel.Warns)]
    [InlineData(2, LiveLevel.Down)]
    public void A_disk(long free, LiveLevel expected) =>
        Assert.Equal(expected, Judgement.Of(new LiveDisk("the sites", free, 100)).Level);

    [Fact]
    public void A_slow_site_warns_and_a_fault_is_down()
    {
        Assert.Equal(LiveLevel.Well, Judgement.Of(new LiveAnswer("u") { Seconds = 0.1 }, null).Level);
        Assert.Equal(LiveLevel.Warns, Judgement.Of(new LiveAnswer("u") { Seconds = 2.1 }, null).Level);
        Assert.Equal(LiveLevel.Down, Judgement.Of(new LiveAnswer("u") { Seconds = 0.1 }, "status 502").Level);
    }
}
