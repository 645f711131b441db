using System.Threading.Channels;
using ErpInstaller.Answers;
using ErpInstaller.Containers;
using ErpInstaller.Rehearsal;
using ErpInstaller.Tests.Deployment;

namespace ErpInstaller.Tests.Containers;

/// <summary>The logs of a group of containers.</summary>
public sealed class ContainerLogsTests : IDisposable
{
    private static readonly ContainerGroup Group = ContainerGroups.QueueShort;

    private readonly RehearsedDeployment _rig = new();
    private readonly List<string> _warnings = [];
    private string _allocation = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ContainerLogs Logs => new(_rig.Open());

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Lines_of_both_streams_are_in_the_order_of_their_times()
    {
        await InstallAsync();
        Write("stdout", "2026-11-29 01:00:01 one", "a line without a time belongs to the one before");
        Write("stderr", "2026-11-29 01:00:02 two");
        Write("stdout", "2026-11-29 01:00:03 three");

        Assert.Equal(["one", "before", "two", "three"], LastWords(await Logs.ReadAsync(Group, new(null, null), Stop)));
    }

    [Fact]
    public async Task Lines_before_a_time_and_beyond_a_number_are_left_out()
    {
        await InstallAsync();
        Write("stdout", "2026-11-29 01:00:01 one", "2026-11-29 01:00:02 two", "2026-11-29 01:00:03 three");
        var since = new DateTimeOffset(2026, 11, 29, 1, 0, 2, TimeSpan.Zero);

        Assert.Equal(["two", "three"], LastWords(await Logs.ReadAsync(Group, new(null, since), Stop)));
        Assert.Equal(["three"], LastWords(await Logs.ReadAsync(Group, new(1, null), Stop)));
    }

    [Fact]
    public async Task A_log_larger_than_the_first_piece_is_read_as_far_back_as_asked()
    {
        await InstallAsync();
        var filler = new string('x', 1000);
        Write("stdout", [.. Enumerable.Range(0, 600).Select(i => $"{filler} {i}")]);

        var lines = await Logs.ReadAsync(Group, new(500, null), Stop);

        Assert.Equal(Enumerable.Range(100, 500).Select(i => $"{i}"), LastWords(lines));
    }

    [Fact]
    public async Task A_followed_log_goes_on_where_the_past_ended_and_misses_nothing()
    {
        await InstallAsync();
        Write("stdout", "old one", "old two");
        var seen = Channel.CreateUnbounded<string>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);

        var following = Logs.FollowAsync(Group, new(1, null), l => seen.Writer.TryWrite(l.Text), Warned, stop.Token);
        Assert.Equal("old two", await NextAsync(seen.Reader));
        Write("stderr", "new one");
        Assert.Equal("new one", await NextAsync(seen.Reader));
        Write("stdout", "new two");
        Assert.Equal("new two", await NextAsync(seen.Reader));

        await stop.CancelAsync();
        await _rig.PassTimeAsync(following);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
    }

    [Fact]
    public async Task A_followed_log_goes_on_where_it_was_when_the_agent_runs_again_and_says_so()
    {
        await InstallAsync();
        Write("stdout", "old one", "old two");
        var seen = Channel.CreateUnbounded<string>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var following = Logs.FollowAsync(Group, new(1, null), l => seen.Writer.TryWrite(l.Text), Warned, stop.Token);
        Assert.Equal("old two", await NextAsync(seen.Reader));

        Log("stdout").Break();
        Write("stdout", "written meanwhile");

        Assert.Equal("written meanwhile", await NextAsync(seen.Reader));
        Write("stdout", "written later");
        Assert.Equal("written later", await NextAsync(seen.Reader));
        Assert.Contains("asking again until Nomad answers", Assert.Single(_warnings), StringComparison.Ordinal);

        await stop.CancelAsync();
        await _rig.PassTimeAsync(following);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
    }

    private void Warned(string text) => _warnings.Add(text);

    // A blocking query of the rehearsal takes time.
    private async Task<string> NextAsync(ChannelReader<string> seen)
    {
        var next = seen.ReadAsync(Stop).AsTask();
        await _rig.PassTimeAsync(next);
        return await next;
    }

    private static IEnumerable<string> LastWords(IEnumerable<LogLine> lines) =>
        lines.Select(l => l.Text.Split(' ')[^1]);

    private async Task InstallAsync()
    {
        await _rig.InstallAsync();

        // The rehearsal's own line is made at the first look.
        var allocations = await _rig.Client.GetAllocationsAsync("erpnext", index: null, Stop);
        _allocation = allocations.Value!.Single(a => a.TaskGroup == Group.Name).ID;
        await Logs.ReadAsync(Group, new(null, null), Stop);
        Log("stdout").Clear();
    }

    private void Write(string type, params string[] lines)
    {
        foreach (var line in lines)
        {
            Log(type).Write(line);
        }
    }

    private RehearsedLog Log(string type) => _rig.Nomad.Rehearsed.LogOf(_allocation, Group.Tasks[0], type);
}
