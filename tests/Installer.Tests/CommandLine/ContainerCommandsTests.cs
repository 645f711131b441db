using ErpInstaller.Tests.Fixtures;
using ErpInstaller.Tests.Terminal;

namespace ErpInstaller.Tests.CommandLine;

/// <summary><c>logs</c>, <c>restart</c>, <c>shell</c> and <c>bench</c> as an operator types them: rehearsed.</summary>
public sealed class ContainerCommandsTests : IDisposable
{
    private const string Prompt = "frappe@backend:~/frappe-bench$ ";

    private readonly Product _product = new();

    public void Dispose() => _product.Dispose();

    [Fact]
    public async Task Bench_runs_in_the_backend_and_writes_only_what_the_command_writes()
    {
        await InstallAsync();

        var run = await _product.RunAsync("bench", "list-apps", "--rehearse");

        Assert.Equal((0, "frappe   15.78.1 HEAD\nerpnext  15.75.1 HEAD\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task The_exit_code_of_a_command_is_the_programs()
    {
        await InstallAsync();
        using var terminal = On("echo exit 7 | \"$0\" shell --rehearse --state-dir \"$STATE\"; echo code=$?");

        await terminal.SeesAsync("code=7");
    }

    [Fact]
    public async Task Input_reaches_a_command_byte_by_byte_and_its_end_ends_the_command()
    {
        await InstallAsync();
        var sent = _product.In("sent");
        await File.WriteAllBytesAsync(
            sent,
            System.Security.Cryptography.RandomNumberGenerator.GetBytes(2_000_001),
            TestContext.Current.CancellationToken
        );
        using var terminal = On(
            """
            "$0" shell --rehearse --state-dir "$STATE" backend -- cat <"$SENT" >"$SENT.back"; echo code=$?
            cmp "$SENT" "$SENT.back" && echo same
            """
        );

        await terminal.SeesAsync("code=0");
        await terminal.SeesAsync("same");
    }

    [Fact]
    public async Task A_shell_on_a_terminal_gets_its_keys_its_size_and_the_interrupt_and_gives_the_terminal_back()
    {
        await InstallAsync();
        using var terminal = On("\"$0\" shell --rehearse --state-dir \"$STATE\"; echo code=$?; read rest");

        var at = await terminal.SeesAsync(Prompt);
        terminal.Send("half a line\x03");
        at = await terminal.SeesAsync("^C", at);
        at = await terminal.SeesAsync(Prompt, at);
        terminal.Resize(101, 37);

        // The new size and the keys take different ways.
        for (var asked = 0; asked < 100 && !terminal.Output.Contains("37 101", StringComparison.Ordinal); asked++)
        {
            terminal.Send("stty size\r");
            at = await terminal.SeesAsync(Prompt, at);
        }

        Assert.Contains("37 101", terminal.Output, StringComparison.Ordinal);
        terminal.Send("exit 3\r");
        await terminal.SeesAsync("code=3", at);
        Assert.Equal(terminal.FoundModes, terminal.Modes());
    }

    [Theory]
    [InlineData("logs", "frontned", "frontned: there is no such group of containers; did you mean frontend?", 2)]
    [InlineData("shell", "frontned", "frontned: there is no such group of containers; did you mean frontend?", 2)]
    [InlineData("restart", "frontned", "frontned: there is no such group of containers; did you mean frontend?", 2)]
    [InlineData("shell", "init", "No container of the group init is running", 4)]
    [InlineData("restart", "init", "No container of the group init is running", 4)]
    public async Task A_group_without_a_container_is_named(string command, string group, string message, int exitCode)
    {
        await InstallAsync();

        var run = await _product.RunAsync(command, group, "--rehearse");

        run.FailedWith(exitCode, message);
    }

    [Fact]
    public async Task Before_an_installation_the_command_that_helps_is_named()
    {
        var run = await _product.RunAsync("bench", "version", "--rehearse", "--answers", Product.Sample);

        run.FailedWith(4, "the job erpnext does not run");
        Assert.Contains("erp-installer install", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_show_what_both_streams_of_a_container_wrote()
    {
        await InstallAsync();

        var backend = await _product.RunAsync("logs", "--rehearse");
        var last = await _product.RunAsync("logs", "frontend", "--lines", "1", "--rehearse");

        Assert.Contains("[INFO] Listening at: http://0.0.0.0:8000", backend.Output, StringComparison.Ordinal);
        Assert.Single(last.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_restarted_group_runs_again_and_its_restart_is_counted()
    {
        await InstallAsync();

        var run = await _product.RunAsync("restart", "backend", "--rehearse");
        var live = await _product.RunAsync("status", "--live", "--output", "prometheus", "--rehearse");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("The container of backend runs again", run.Output, StringComparison.Ordinal);
        Assert.Matches("(?m)^erpnext_container_restarts\\{.*backend.*\\} 1$", live.Output);
        Assert.Matches("(?m)^erpnext_container_restarts\\{.*frontend.*\\} 0$", live.Output);
    }

    [Fact]
    public async Task Old_lines_can_be_left_out()
    {
        await InstallAsync();

        var run = await _product.RunAsync("logs", "--since", "2999-01-01", "--rehearse");

        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        (await _product.RunAsync("logs", "--since", "soon", "--rehearse")).FailedWith(2, "--since takes 15m, 2h, 3d");
    }

    private PseudoTerminal On(string script) =>
        new(
            script,
            Product.Binary,
            new Dictionary<string, string?>
            {
                ["STATE"] = _product.StateDirectory,
                ["SENT"] = _product.In("sent"),
                ["NOMAD_ADDR"] = null,
                ["NOMAD_TOKEN"] = null,
            }
        );

    private async Task InstallAsync() =>
        Assert.Equal(0, (await _product.RunAsync("install", "--rehearse", "--answers", Product.Sample)).ExitCode);
}
