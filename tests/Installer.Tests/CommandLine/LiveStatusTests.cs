using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.CommandLine;

/// <summary><c>status --live</c> as it is typed, on the simulated world.</summary>
public sealed class LiveStatusTests : IDisposable
{
    private readonly Product _product = new();

    [Fact]
    public async Task An_installation_that_works_ends_with_zero_in_each_format()
    {
        await InstallAsync();

        var lines = await LookAsync();
        var json = await LookAsync("--output", "json");
        var metrics = await LookAsync("--output", "prometheus");

        Assert.Equal((0, 0, 0), (lines.ExitCode, json.ExitCode, metrics.ExitCode));
        Assert.Matches("(?m)^well +site +https://erp.example.com", lines.Output);
        Assert.Equal(["live", "result"], json.Events.Select(e => e.GetProperty("type").GetString()));
        Assert.Equal("warns", json.Events[0].GetProperty("level").GetString());
        Assert.StartsWith("# HELP erpnext_up ", metrics.Output, StringComparison.Ordinal);
        Assert.Contains("erpnext_up{site=\"erp.example.com\"} 1\n", metrics.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_that_is_gone_ends_with_seven()
    {
        await InstallAsync();
        File.Delete(Path.Combine(_product.StateDirectory, "simulated-nomad.json"));

        var run = await LookAsync();

        Assert.Equal(7, run.ExitCode);
        Assert.Contains("The site does not answer. Down: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_belong_to_the_live_look_only()
    {
        var run = await _product.RunAsync("plan", "--rehearse", "--output", "prometheus");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--output prometheus belongs to status --live", run.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _product.Dispose();

    private async Task InstallAsync()
    {
        var run = await _product.RunAsync("install", "--rehearse", "--answers", Product.Sample);
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
    }

    private Task<ProductRun> LookAsync(params string[] options) =>
        _product.RunAsync(["status", "--live", "--rehearse", .. options]);
}
