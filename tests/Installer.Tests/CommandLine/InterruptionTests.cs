using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.CommandLine;

public sealed class InterruptionTests : IDisposable
{
    private readonly Product _product = new();

    [Fact]
    public async Task An_interrupted_run_exits_with_130_keeps_its_state_and_resumes()
    {
        string[] install = ["install", "--rehearse", "--answers", Product.Sample];

        var interrupted = await _product.RunAsync(
            line => line.Contains(": crm: installing", StringComparison.Ordinal),
            install
        );
        var state = await File.ReadAllTextAsync(Path.Combine(_product.StateDirectory, "state.toml"));
        var log = await File.ReadAllTextAsync(Path.Combine(_product.StateDirectory, "install.log"));
        var again = await _product.RunAsync(install);

        interrupted.FailedWith(130, "image: interrupted");
        Assert.Contains("status = \"interrupted\"", state, StringComparison.Ordinal);
        Assert.Contains("run ended: exit code 130", log, StringComparison.Ordinal);
        Assert.True(again.ExitCode == 0, again.Output + again.Errors);
        Assert.Contains("apps: in place", again.Output, StringComparison.Ordinal);
        Assert.Contains("image: started, attempt 2", again.Output, StringComparison.Ordinal);
    }

    // The shell of a closed window sends SIGHUP, and then the kernel does. The program timeout sends SIGTERM twice.
    [Theory]
    [InlineData("HUP")]
    [InlineData("TERM")]
    public async Task A_run_that_gets_the_signal_of_one_cause_twice_keeps_its_state(string signal)
    {
        var ended = await _product.RunAsync(
            line => line.Contains(": crm: installing", StringComparison.Ordinal),
            [signal, signal],
            ["install", "--rehearse", "--answers", Product.Sample]
        );

        ended.FailedWith(130, "image: interrupted");
    }

    public void Dispose() => _product.Dispose();
}
