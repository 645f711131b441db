using ErpInstaller.Tests.Fixtures;
using ErpInstaller.Tests.Terminal;

namespace ErpInstaller.Tests.CommandLine;

/// <summary>The command <c>secrets</c>.</summary>
public sealed class SecretsCommandTests : IDisposable
{
    private readonly Product _product = new();

    [Fact]
    public async Task Secrets_lists_each_place_before_and_after_an_installation()
    {
        var before = await _product.RunAsync("secrets", "--rehearse", "--answers", Product.Sample);
        await InstallAsync();
        var after = await _product.RunAsync("secrets", "--rehearse");

        Assert.Equal((0, 0), (before.ExitCode, after.ExitCode));
        Assert.Contains(
            "admin_password      not created yet\n    variable nomad/jobs/erpnext-init, item admin_password\n",
            before.Output,
            StringComparison.Ordinal
        );
        Assert.Matches(
            @"db_root_password    never rotated\n"
                + @"    variable nomad/jobs/erpnext-init, item db_root_password, version \d+\n",
            after.Output
        );
        Assert.Contains("certificate_key", after.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch("[A-Za-z0-9]{32}", after.Output);
        Assert.Contains("rehearsal", after.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_one_line_for_each_place()
    {
        await InstallAsync();

        var run = await _product.RunAsync("secrets", "--rehearse", "--output", "json");

        var admin = run.Events.Single(e =>
            e.GetProperty("type").GetString() == "secret" && e.GetProperty("name").GetString() == "admin_password"
        );
        Assert.Equal(
            ("kept", "nomad/jobs/erpnext-init", "admin_password"),
            (
                admin.GetProperty("state").GetString(),
                admin.GetProperty("variable").GetString(),
                admin.GetProperty("item").GetString()
            )
        );
        Assert.Equal("done", run.Result.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public async Task No_secret_is_written_into_a_pipe(string output)
    {
        await InstallAsync();

        var run = await _product.RunAsync("secrets", "admin_password", "--rehearse", "--output", output);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("a secret is written to a terminal only", run.Output + run.Errors, StringComparison.Ordinal);
        Assert.DoesNotMatch("[A-Za-z0-9]{32}", run.Output + run.Errors);
    }

    [Fact]
    public async Task A_script_gets_the_named_secret_in_a_new_file_of_its_own()
    {
        await InstallAsync();
        var file = Path.Combine(_product.StateDirectory, "password");

        var run = await _product.RunAsync("secrets", "admin_password", "--to", file, "--rehearse");
        var again = await _product.RunAsync("secrets", "admin_password", "--to", file, "--rehearse");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        var secret = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Matches(@"\A[A-Za-z0-9]{32}\n\z", secret);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.DoesNotMatch("[A-Za-z0-9]{32}", run.Output + run.Errors);
        again.FailedWith(2, $"{file}: the file exists");
        (await _product.RunAsync("secrets", "admin_password", "--to", $"{file}/no", "--rehearse")).FailedWith(
            2,
            $"{file}/no: cannot be written"
        );
    }

    [Fact]
    public async Task A_terminal_shows_the_named_secret()
    {
        await InstallAsync();
        using var terminal = new PseudoTerminal(
            $"\"$0\" secrets admin_password --rehearse --state-dir '{_product.StateDirectory}'",
            Product.Binary
        );

        await terminal.EndsAsync();

        Assert.Matches(@"(?m)[A-Za-z0-9]{32}\r$", terminal.Output);
    }

    [Fact]
    public async Task A_rotation_says_what_comes_next_and_the_next_installation_does_it()
    {
        await InstallAsync();

        var rotated = await _product.RunAsync("secrets", "--rotate", "admin_password", "--rehearse");
        var waiting = await _product.RunAsync("secrets", "--rehearse");
        var plan = await _product.RunAsync("plan", "--rehearse");
        var installed = await InstallAsync("--output", "json");
        var after = await _product.RunAsync("secrets", "--rehearse");

        Assert.True(rotated.ExitCode == 0, rotated.Output + rotated.Errors);
        Assert.Contains("erp-installer plan --rehearse", rotated.Output, StringComparison.Ordinal);
        Assert.Contains("the next install applies it", waiting.Output, StringComparison.Ordinal);
        Assert.Equal(10, plan.ExitCode);
        Assert.Contains("~ secret admin_password: rotated ", plan.Output, StringComparison.Ordinal);
        Assert.Contains("-/+ erpnext-init/site × 1: ", plan.Output, StringComparison.Ordinal);
        Assert.Equal(0, installed.ExitCode);
        Assert.Matches(@"admin_password      rotated \d{4}-\d\d-\d\d \d\d:\d\d UTC\n", after.Output);
    }

    [Fact]
    public async Task Wrong_words_get_a_suggestion()
    {
        await InstallAsync();

        (await _product.RunAsync("secrets", "--rotate", "--rehearse")).FailedWith(
            2,
            "--rotate needs a name: admin_password or db_root_password"
        );
        (await _product.RunAsync("secrets", "--rotate", "admin_pasword", "--rehearse")).FailedWith(
            2,
            "There is no secret \"admin_pasword\""
        );
        (await _product.RunAsync("secrets", "nosuch", "--rehearse")).FailedWith(2, "There is no secret \"nosuch\"");
        (await _product.RunAsync("secrets", "--rotate", "certificate_key", "--rehearse")).FailedWith(
            2,
            "certificate_key cannot be rotated by its name"
        );
    }

    [Fact]
    public async Task A_missing_Nomad_is_reported()
    {
        _product.Environments["NOMAD_ADDR"] = "http://127.0.0.1:1";

        (await _product.RunAsync("secrets", "--answers", Product.Sample)).FailedWith(
            4,
            "Nomad at http://127.0.0.1:1/ does not answer"
        );
        (await _product.RunAsync("secrets", "--rotate", "admin_password", "--answers", Product.Sample)).FailedWith(
            4,
            "Nomad at http://127.0.0.1:1/ does not answer"
        );
    }

    public void Dispose() => _product.Dispose();

    private async Task<ProductRun> InstallAsync(params string[] more)
    {
        var run = await _product.RunAsync(["install", "--rehearse", "--answers", Product.Sample, .. more]);
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        return run;
    }
}
