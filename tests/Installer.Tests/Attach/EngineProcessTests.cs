using ErpInstaller.Attach;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Attach;

public sealed class EngineProcessTests : IDisposable
{
    private readonly Product _product = new();

    private EngineStart Rehearsal =>
        new(StateDirectory.At(_product.StateDirectory))
        {
            Answers = Product.Sample,
            Rehearse = true,
            Program = Product.Binary,
        };

    [Fact]
    public async Task An_install_runs_in_a_session_of_its_own_and_sends_all_events_up_to_the_result()
    {
        await using var engine = await EngineProcess.StartAsync(Rehearsal, CancellationToken.None);
        var stat = (await File.ReadAllTextAsync($"/proc/{engine.ProcessId}/stat")).Split(") ")[1].Split(' ');

        var events = await engine.EventsAsync(CancellationToken.None).ToListAsync();

        // proc(5): after the name come state, parent, process group, session and terminal.
        Assert.Equal($"{engine.ProcessId}", stat[3]);
        Assert.Equal("0", stat[4]);
        Assert.IsType<RunStarted>(events[0]);
        Assert.Equal(0, Assert.IsType<Finished>(events[^1]).ExitCode);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Combine(_product.StateDirectory, "engine.out"))
        );
    }

    [Fact]
    public async Task Cancelling_interrupts_the_run_with_exit_code_130()
    {
        await using var engine = await EngineProcess.StartAsync(Rehearsal, CancellationToken.None);
        var events = new List<EngineEvent>();

        await foreach (var happened in engine.EventsAsync(CancellationToken.None))
        {
            events.Add(happened);
            if (happened is StepStarted { Step: "image" })
            {
                await engine.CancelAsync(CancellationToken.None);
            }
        }

        var result = Assert.IsType<Finished>(events[^1]);
        Assert.Equal((StepStatus.Interrupted, 130), (result.Status, result.ExitCode));
        Assert.Contains(
            "\"interrupted\"",
            await File.ReadAllTextAsync(Path.Combine(_product.StateDirectory, "state.toml")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Closing_the_connection_leaves_the_install_running()
    {
        var engine = await EngineProcess.StartAsync(Rehearsal, CancellationToken.None);
        await engine.DisposeAsync();

        await using var again = await EngineConnection.OpenAsync(
            StateDirectory.At(_product.StateDirectory),
            CancellationToken.None
        );
        var last = await again.EventsAsync(CancellationToken.None).LastAsync();

        Assert.Equal(engine.ProcessId, again.ProcessId);
        Assert.Equal(0, Assert.IsType<Finished>(last).ExitCode);
    }

    [Fact]
    public async Task A_restore_runs_in_a_session_of_its_own_after_the_site_was_named()
    {
        RehearsedSite.WriteTo(Directory.CreateDirectory(_product.StateDirectory).FullName);
        var restore = new RestoreRequest("latest", Files: null, Safeguard: false);
        var start = Rehearsal with { Answers = null };

        var refused = await Assert.ThrowsAsync<InstallerException>(() =>
            EngineProcess.StartAsync(
                start with
                {
                    Operation = Operation.Restore(restore, "other.example.com"),
                },
                CancellationToken.None
            )
        );
        await using var engine = await EngineProcess.StartAsync(
            start with
            {
                Operation = Operation.Restore(restore, "erp.example.com"),
            },
            CancellationToken.None
        );
        var events = await engine.EventsAsync(CancellationToken.None).ToListAsync();

        Assert.Equal(ErrorCode.RestoreNotConfirmed, refused.Code);
        Assert.Equal(Operation.RestoreId, Assert.IsType<RunStarted>(events[0]).Operation);
        Assert.Contains(events, e => e is StepFinished { Summary: "left out by --no-safeguard" });
        Assert.Equal(0, Assert.IsType<Finished>(events[^1]).ExitCode);
    }

    [Fact]
    public async Task The_starter_reports_wrong_answers()
    {
        var wrong = _product.SampleWith(("name = \"erp.example.com\"", "name = \"no site\""));

        var error = await Assert.ThrowsAsync<InstallerException>(() =>
            EngineProcess.StartAsync(Rehearsal with { Answers = wrong }, CancellationToken.None)
        );

        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains("site.name", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_install_reports_the_holder_of_the_lock()
    {
        await using var engine = await EngineProcess.StartAsync(Rehearsal, CancellationToken.None);

        var error = await Assert.ThrowsAsync<InstallerException>(() =>
            EngineProcess.StartAsync(Rehearsal, CancellationToken.None)
        );

        Assert.Equal((ExitCode.LockHeld, "LockHeld"), (error.ExitCode, error.Code.Word));
        Assert.Contains($"pid {engine.ProcessId} since", error.Message, StringComparison.Ordinal);
        await engine.EventsAsync(CancellationToken.None).LastAsync();
    }

    public void Dispose() => _product.Dispose();
}
