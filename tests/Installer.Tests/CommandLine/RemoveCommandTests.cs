using System.Text.Json.Nodes;
using ErpInstaller.Tests.Fixtures;
using ErpInstaller.Tests.Terminal;

namespace ErpInstaller.Tests.CommandLine;

/// <summary><c>remove</c> as an operator types it, in a rehearsal.</summary>
public sealed class RemoveCommandTests : IDisposable
{
    private readonly Product _product = new();

    public void Dispose() => _product.Dispose();

    [Fact]
    public async Task With_its_data_nothing_is_left_and_a_second_install_begins_anew()
    {
        await InstallAsync();
        await _product.RunAsync("backup", "--rehearse");

        var run = await _product.RunAsync([
            "remove",
            "--rehearse",
            "--site",
            "erp.example.com",
            "--data",
            "erpnext",
            "--backups",
            "erpnext",
        ]);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal([], Left());
        await InstallAsync();
    }

    [Fact]
    public async Task After_updates_a_rollback_backups_and_a_restore_no_secret_stays_at_Nomad_and_no_file()
    {
        await InstallAsync(_product.SampleWith(("\"lending\"]", "]")));
        await InstallAsync(Product.Sample);
        await DoneAsync("rollback", "--replace", "erp.example.com");
        await InstallAsync(Product.Sample);
        await DoneAsync("backup");
        await DoneAsync("restore", "latest", "--replace", "erp.example.com");
        var variables = VariablesAtNomad();
        Assert.Contains("nomad/jobs/erpnext-backup/backup", variables);

        var run = await DoneAsync("remove", "--site", "erp.example.com", "--data", "erpnext", "--backups", "erpnext");

        Assert.All(variables, v => Assert.Contains($"removed: Variable {v}\n", run.Output, StringComparison.Ordinal));
        Assert.Equal([], Left());
    }

    [Fact]
    public async Task Without_naming_the_data_it_stays_with_its_passwords_and_install_finds_it_again()
    {
        await InstallAsync();

        var run = await _product.RunAsync("remove", "--rehearse", "--site", "erp.example.com");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains("volume erpnext-sites", run.Output, StringComparison.Ordinal);
        Assert.Contains("Variable nomad/jobs/erpnext-init", run.Output, StringComparison.Ordinal);
        Assert.Equal(["answers.toml", "apps.lock.toml"], Left().Where(f => f is "answers.toml" or "apps.lock.toml"));
        Assert.Contains(
            "If a removal kept the data, this serves it again",
            (await _product.RunAsync("status", "--rehearse")).Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("there is no terminal to confirm it")]
    [InlineData("The site is erp.example.com, not other.example.com", "--site", "other.example.com")]
    [InlineData("The job is erpnext, not erp", "--site", "erp.example.com", "--data", "erp")]
    [InlineData("The job is erpnext, not all", "--site", "erp.example.com", "--backups", "all")]
    public async Task Nothing_is_removed_without_the_names(string message, params string[] words)
    {
        await InstallAsync();

        var run = await _product.RunAsync(["remove", .. words, "--rehearse"]);

        run.FailedWith(2, message);
        Assert.Matches("erp-installer remove .*--site erp.example.com", run.Errors);
    }

    [Fact]
    public async Task The_dashboards_key_leads_to_the_command_which_asks_for_the_sites_name()
    {
        await InstallAsync();
        using var terminal = new PseudoTerminal(
            "\"$0\" --rehearse --state-dir \"$STATE\"; echo code=$?",
            Product.Binary,
            new Dictionary<string, string?>
            {
                ["STATE"] = _product.StateDirectory,
                ["TERM"] = "xterm-256color",
                ["NOMAD_ADDR"] = null,
                ["NOMAD_TOKEN"] = null,
            }
        );
        await terminal.SeesAsync("logs");
        terminal.Send("d");

        var at = await terminal.SeesAsync("Type its name to go on:");
        Assert.Contains("network erpnext", terminal.Output, StringComparison.Ordinal);
        terminal.Send("erp.example.com\r");
        await terminal.SeesAsync("code=0", at);
        Assert.Contains("volume erpnext-sites", terminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("state.toml", Left());
    }

    private string[] Left() =>
        Directory.Exists(_product.StateDirectory)
            ? [.. Directory.GetFileSystemEntries(_product.StateDirectory).Select(f => Path.GetFileName(f)).Order()]
            : [];

    private List<string> VariablesAtNomad() =>
        [
            .. JsonNode.Parse(File.ReadAllText(Path.Combine(_product.StateDirectory, "simulated-nomad.json")))![
                "Variables"
            ]!
                .AsObject()
                .Select(v => v.Key),
        ];

    private Task<ProductRun> InstallAsync() => InstallAsync(Product.Sample);

    private Task<ProductRun> InstallAsync(string answers) =>
        DoneAsync("install", "--accept-changes", "--answers", answers);

    private async Task<ProductRun> DoneAsync(params string[] words)
    {
        var run = await _product.RunAsync([.. words, "--rehearse"]);
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        return run;
    }
}
