using ErpInstaller.Attach;
using ErpInstaller.Core.Files;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Attach;

/// <summary>Several programs at once: a rehearsed install, which a test stops with SIGSTOP, and its viewers.</summary>
public sealed class AttachTests : IDisposable
{
    private static readonly string[] Install =
    [
        "install",
        "--rehearse",
        "--answers",
        Product.Sample,
        "--output",
        "json",
    ];

    private readonly Product _product = new();

    private StateDirectory Directory => StateDirectory.At(_product.StateDirectory);

    [Fact]
    public async Task I_can_watch_a_run_from_its_beginning_although_I_attached_later()
    {
        using var install = _product.Start(Install);
        await install.UntilAsync("\"step\":\"image\"");

        var watched = await _product.RunAsync("attach", "--output", "json");
        var ended = await install.EndAsync();

        Assert.Equal(0, watched.ExitCode);
        Assert.Equal("run-started", watched.Events[0].GetProperty("type").GetString());
        Assert.Contains(watched.Events, e => e.GetProperty("type").GetString() == "host-check");
        Assert.Equal(ended.Result.ToString(), watched.Result.ToString());
        Assert.False(File.Exists(Directory.EngineSocket));
    }

    [Fact]
    public async Task Killing_one_of_two_viewers_affects_neither_the_other_nor_the_run()
    {
        using var install = _product.Start(Install);
        await install.UntilAsync("\"step\":\"image\"");
        using var first = _product.Start("attach");
        using var second = _product.Start("attach");
        await Task.WhenAll(first.UntilAsync("] host-checks: started"), second.UntilAsync("] host-checks: started"));

        first.Send("KILL");
        var seen = await second.EndAsync();
        var ended = await install.EndAsync();

        Assert.True(ended.ExitCode == 0, ended.Output + ended.Errors);
        Assert.True(seen.ExitCode == 0, seen.Output + seen.Errors);
        Assert.Contains("Nothing was installed.", seen.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaving_the_view_leaves_the_install_running_and_shows_the_command_to_return()
    {
        using var install = _product.Start(Install);
        await install.UntilAsync("\"step\":\"image\"");
        using var view = _product.Start("attach");
        await view.UntilAsync("] host-checks: started");

        view.Send("TERM");
        var left = await view.EndAsync();
        var ended = await install.EndAsync();

        Assert.Equal(130, left.ExitCode);
        Assert.Contains($"The run continues (pid {install.Id}).", left.Errors, StringComparison.Ordinal);
        Assert.Contains(
            $"erp-installer attach --state-dir {_product.StateDirectory}; stop it: kill {install.Id}",
            left.Errors,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("error:", left.Errors, StringComparison.Ordinal);
        Assert.Equal(0, ended.ExitCode);
    }

    [Fact]
    public async Task Attach_reports_that_no_install_runs()
    {
        var run = await _product.RunAsync("attach");

        run.FailedWith(2, "no install is running there");
        Assert.Contains("erp-installer status", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_death_of_the_install_is_reported_and_its_socket_is_ignored()
    {
        using var install = _product.Start(Install);
        await install.UntilAsync("\"step\":\"image\"");
        using var view = _product.Start("attach");
        await view.UntilAsync("] host-checks: started");

        install.Send("KILL");
        var seen = await view.EndAsync();
        var late = await _product.RunAsync("attach");
        var again = await _product.RunAsync(Install);

        seen.FailedWith(1, "ended without a result: its process died");
        Assert.True(File.Exists(Path.Combine(_product.StateDirectory, "state.toml")));
        late.FailedWith(2, "no install is running there");
        Assert.True(again.ExitCode == 0, again.Output + again.Errors);
    }

    [Fact]
    public async Task Status_says_since_when_an_install_is_running()
    {
        using var install = _product.Start(Install);
        await install.UntilAsync("\"type\":\"step-started\",\"step\":\"image\"");

        var status = await _product.RunAsync("status", "--rehearse", "--output", "json");
        await install.EndAsync();
        var after = await _product.RunAsync("status", "--rehearse");

        Assert.Equal("install-running", status.Events[0].GetProperty("type").GetString());
        Assert.Equal(install.Id, status.Events[0].GetProperty("process").GetInt32());
        Assert.True(status.Events[0].GetProperty("since").GetDateTimeOffset() <= DateTimeOffset.UtcNow);
        Assert.DoesNotContain("at work", after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_directory_whose_path_is_too_long_for_a_socket_works()
    {
        var deep = string.Concat(Enumerable.Repeat("/a-directory-with-a-long-name", 6));
        using var install = _product.StartIn(deep, Install);
        await install.UntilAsync("\"step\":\"image\"");

        await using var connection = await EngineConnection.OpenAsync(
            StateDirectory.At(_product.In("state") + deep),
            CancellationToken.None
        );
        var last = await connection.EventsAsync(CancellationToken.None).LastAsync();

        Assert.Equal(0, Assert.IsType<Finished>(last).ExitCode);
    }

    public void Dispose() => _product.Dispose();
}
