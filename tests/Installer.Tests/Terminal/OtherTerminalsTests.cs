using System.Diagnostics;
using CliWrap;
using CliWrap.Buffered;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Terminal;

/// <summary>The full screen on terminals other than xterm, and behind multiplexers.</summary>
public sealed class OtherTerminalsTests : IDisposable
{
    private const string Drawn = "choice 4 of the demonstration";
    private const string F10 = "\e[21~";

    private readonly Product _product = new();

    private static string Demo => Path.Combine(AppContext.BaseDirectory, "terminal-demo");

    [Theory]
    [InlineData("screen -U -c /dev/null -S NAME $0")]
    [InlineData("screen -U -c /dev/null -S NAME tmux -L NAME -f /dev/null new-session $0")]
    [InlineData(
        "screen -U -c /dev/null -S NAME tmux -L NAME -f /dev/null new-session "
            + "env -u TMUX tmux -L NAME-2 -f /dev/null new-session $0"
    )]
    public async Task Keys_and_characters_pass_through_a_multiplexer(string command)
    {
        var name = $"erp-{Guid.NewGuid():N}"[..12];
        using var terminal = new PseudoTerminal(
            command.Replace("NAME", name, StringComparison.Ordinal) + "; echo gone",
            Demo,
            new Dictionary<string, string?> { ["TMUX"] = null, ["STY"] = null }
        );
        var drawn = await terminal.SeesAsync(Drawn);

        terminal.Send("grün");
        drawn = await terminal.SeesAsync("grün", drawn);
        terminal.Send(F10);
        await terminal.SeesAsync("gone", drawn);
    }

    [Fact]
    public async Task A_terminal_that_is_gone_ends_the_program_although_it_ignores_SIGHUP()
    {
        var server = $"erp-{Guid.NewGuid():N}"[..12];
        await TmuxAsync(server, "new-session", "-d", "-x", "80", "-y", "24", $"trap '' HUP; exec {Demo}");
        var process = (await TmuxAsync(server, "list-panes", "-F", "#{pane_pid}")).Trim();
        await UntilAsync(async () =>
            (await TmuxAsync(server, "capture-pane", "-p")).Contains(Drawn, StringComparison.Ordinal)
        );

        await TmuxAsync(server, "kill-server");

        await UntilAsync(() => Task.FromResult(!Directory.Exists($"/proc/{process}")));
    }

    [Fact]
    public async Task A_serial_line_without_a_size_has_80_columns_and_24_rows()
    {
        using var terminal = new PseudoTerminal(
            "$0",
            Demo,
            new Dictionary<string, string?> { ["TERM"] = "vt220" },
            columns: 0,
            rows: 0
        );

        await terminal.SeesAsync("demonstration 80×24");
    }

    [Fact]
    public async Task A_key_that_arrives_in_parts_is_one_key()
    {
        using var terminal = new PseudoTerminal("$0; echo status $?", Demo);
        await terminal.SeesAsync(Drawn);

        foreach (var character in F10)
        {
            terminal.Send(character.ToString());
        }

        await terminal.SeesAsync("status 0");
    }

    [Fact]
    public async Task With_the_option_ascii_only_ASCII_is_sent()
    {
        using var terminal = Start("--ascii", "xterm");
        await terminal.SeesAsync("Welcome");
        await terminal.SeesAsync("nomad");
        await terminal.QuietAsync(TimeSpan.FromSeconds(1));

        Assert.DoesNotContain(terminal.Output, character => character > 0x7f);
    }

    [Fact]
    public async Task The_Linux_console_gets_lines_but_no_check_marks()
    {
        using var terminal = Start("", "linux");
        await terminal.SeesAsync("Welcome");
        await terminal.SeesAsync("nomad");
        await terminal.QuietAsync(TimeSpan.FromSeconds(1));

        Assert.Contains('│', terminal.Output);
        Assert.DoesNotContain(terminal.Output, character =>
            "✓✗↻‖›◂▸▶…•–→".Contains(character, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("C.UTF-8", "--ascii")]
    [InlineData("C", "")]
    public async Task Plain_lines_on_such_a_terminal_are_ASCII_too(string locale, string option)
    {
        using var terminal = new PseudoTerminal(
            $"$0 validate {_product.Write("a.toml", "schema = 1\n[site]\nname = “x”\n")} {option}; echo status $?",
            Product.Binary,
            new Dictionary<string, string?> { ["LC_ALL"] = locale }
        );
        await terminal.SeesAsync("status 2");

        Assert.Contains("U+201C", terminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(terminal.Output, character => character > 0x7f);
    }

    /// <inheritdoc/>
    public void Dispose() => _product.Dispose();

    private PseudoTerminal Start(string option, string term) =>
        new(
            $"$0 --rehearse --state-dir {_product.StateDirectory} {option}",
            Product.Binary,
            new Dictionary<string, string?> { ["TERM"] = term }
        );

    private static async Task<string> TmuxAsync(string server, params string[] arguments) =>
        (
            await Cli.Wrap("tmux").WithArguments(["-L", server, "-f", "/dev/null", .. arguments]).ExecuteBufferedAsync()
        ).StandardOutput;

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var since = Stopwatch.StartNew(); !await condition(); await Task.Delay(20))
        {
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(60), "waited for a minute");
        }
    }
}
