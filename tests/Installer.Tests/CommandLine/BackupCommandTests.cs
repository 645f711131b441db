using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.CommandLine;

/// <summary><c>backup</c> and <c>backups</c> as an operator types them, in a rehearsal.</summary>
public sealed class BackupCommandTests : IDisposable
{
    private readonly Product _product = new();

    public void Dispose() => _product.Dispose();

    [Fact]
    public async Task A_backup_is_made_and_listed_and_status_shows_it()
    {
        await InstallAsync();

        var made = await _product.RunAsync("backup", "--rehearse");
        var listed = await _product.RunAsync("backups", "--rehearse");
        var status = await _product.RunAsync("status", "--rehearse");

        Assert.Equal((0, 0), (made.ExitCode, listed.ExitCode));
        Assert.Contains(": backup - REHEARSAL", made.Output, StringComparison.Ordinal);
        Assert.Contains("[2/2] backup-check: done", made.Output, StringComparison.Ordinal);
        Assert.Contains(
            "4f3c2b1a  2026-11-23 23:10 UTC    35.1 MB  by hand, v15.75.1",
            listed.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("2 backups, oldest first.", listed.Output, StringComparison.Ordinal);
        Assert.Matches("backup-check  *done", status.Output);
    }

    [Fact]
    public async Task Json_has_the_operation_and_each_backup()
    {
        await InstallAsync();

        var made = await _product.RunAsync("backup", "--rehearse", "--output", "json");
        var listed = await _product.RunAsync("backups", "--rehearse", "--output", "json");

        Assert.Contains("\"operation\":\"backup\"", made.Output, StringComparison.Ordinal);
        Assert.Contains("\"outputs\":{\"snapshot\":\"4f3c2b1a\"", made.Output, StringComparison.Ordinal);
        Assert.Contains(
            """{"type":"backup","id":"4f3c2b1a","time":"2026-11-23T23:10:05+00:00","by":"hand","release":"v15.75.1",""",
            listed.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Without_an_installation_the_hint_is_to_install()
    {
        var run = await _product.RunAsync("backup", "--rehearse", "--answers", Product.Sample);

        run.FailedWith(4, "Nomad has no installation with the job erpnext");
        Assert.Contains("Install it first: erp-installer install --rehearse", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_command_is_completed_in_hints()
    {
        var help = await _product.RunAsync("--help");

        var commands = help
            .Output.Split('\n')
            .SkipWhile(l => l != "Commands:")
            .Skip(1)
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault())
            .OfType<string>()
            .ToList();
        Assert.Contains("backups", commands);
        Assert.All(commands, c =>
            Assert.StartsWith(
                "/opt/x ",
                new OwnCommands("/opt/x", "").In($"erp-installer {c}"),
                StringComparison.Ordinal
            )
        );
    }

    private async Task InstallAsync() =>
        Assert.Equal(0, (await _product.RunAsync("install", "--rehearse", "--answers", Product.Sample)).ExitCode);
}
