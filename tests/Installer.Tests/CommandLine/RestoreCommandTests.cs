using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.CommandLine;

/// <summary><c>restore</c> as an operator types it, in a rehearsal.</summary>
public sealed class RestoreCommandTests : IDisposable
{
    private readonly Product _product = new();

    public void Dispose() => _product.Dispose();

    [Fact]
    public async Task A_restore_shows_what_it_replaces_and_ends_with_a_verified_site()
    {
        await InstallAsync();

        var run = await _product.RunAsync("restore", "latest", "--rehearse", "--replace", "erp.example.com");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains("restores: backup 4f3c2b1a by hand (v15.75.1)", run.Output, StringComparison.Ordinal);
        Assert.Contains("versions: frappe 15.78.1, erpnext 15.75.1", run.Output, StringComparison.Ordinal);
        Assert.Contains("replaces: 835 tables, changed last at 2026-11-24", run.Output, StringComparison.Ordinal);
        Assert.Contains("[4/4] verification: done", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no terminal to confirm it", "latest --replace erp.example.com", "latest")]
    [InlineData(
        "The site is erp.example.com, not other.example.com",
        "latest --replace erp.example.com",
        "latest",
        "--replace",
        "other.example.com"
    )]
    [InlineData("../x is not the id of a backup", "ID", "../x", "--replace", "erp.example.com")]
    [InlineData("Give either a backup or --files", "ID", "--replace", "erp.example.com")]
    public async Task Nothing_is_replaced_without_the_name_of_the_site_and_a_source(
        string message,
        string command,
        params string[] words
    )
    {
        await InstallAsync();

        var run = await _product.RunAsync(["restore", .. words, "--rehearse"]);

        run.FailedWith(2, message);
        Assert.Matches($"erp-installer restore .*{command}", run.Errors);
    }

    [Theory]
    [InlineData("restore", "running", "The last restore was interrupted at restore. Continue it: ")]
    [InlineData("verification", "pending", "The last restore was interrupted before verification. Continue it: ")]
    [InlineData("restore", "failed", "The last restore failed at restore: No space. Run it again: ")]
    public async Task Status_names_a_restore_that_did_not_finish_and_its_command(
        string step,
        string status,
        string message
    )
    {
        await InstallAsync();
        await _product.RunAsync("restore", "latest", "--rehearse", "--replace", "erp.example.com");
        EndAt(step, status);

        var left = await _product.RunAsync("status");
        await _product.RunAsync("backup", "--rehearse");
        var backedUp = await _product.RunAsync("status");
        await InstallAsync();
        var installed = await _product.RunAsync("status");

        Assert.All([left, backedUp], run =>
        {
            var told = string.Join(" ", run.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            Assert.Contains(message, told, StringComparison.Ordinal);
            Assert.Contains("latest --replace erp.example.com", told, StringComparison.Ordinal);
        });
        Assert.Contains("All steps were done", installed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_that_the_repository_does_not_have_is_refused()
    {
        await InstallAsync();

        var run = await _product.RunAsync("restore", "0a1b2c3d", "--rehearse", "--replace", "erp.example.com");

        run.FailedWith(4, "has no such backup");
        Assert.Contains("hint: See those that it has: erp-installer backups", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollback_that_was_refused_is_nothing_to_continue()
    {
        await InstallAsync();
        var refused = await _product.RunAsync("rollback", "--rehearse", "--replace", "erp.example.com");

        var status = await _product.RunAsync("status");

        Assert.Equal(4, refused.ExitCode);
        Assert.Contains("All steps were done", status.Output, StringComparison.Ordinal);
    }

    // As a killed process leaves the state file of the restore.
    private void EndAt(string step, string status)
    {
        var path = Path.Combine(_product.StateDirectory, "restore.toml");
        var lines = File.ReadAllLines(path);
        var at = Array.IndexOf(lines, $"[steps.{step}]");
        var changed = Array.FindIndex(lines, at, l => l.StartsWith("status", StringComparison.Ordinal));
        lines[changed] = $"status = \"{status}\"\nmessage = \"No space\"";
        File.WriteAllLines(path, lines);
    }

    private async Task InstallAsync() =>
        Assert.Equal(0, (await _product.RunAsync("install", "--rehearse", "--answers", Product.Sample)).ExitCode);
}
