using ErpInstaller.Tests.Fixtures;
using ErpInstaller.Tests.Terminal;

namespace ErpInstaller.Tests.Screens;

/// <summary>
/// How the installer treats a real terminal, in a rehearsal. The demonstration program covers the cases that a
/// rehearsal cannot reach.
/// </summary>
public sealed class InstallerTerminalTests : IDisposable
{
    private const string Start = "New installation";
    private const string Left = "\e[?1049l";
    private const string F10 = "\e[21~";

    private readonly Product _product = new();

    public void Dispose() => _product.Dispose();

    [Fact]
    public async Task Leaving_restores_the_terminal()
    {
        using var terminal = Open("$0 $options; echo status $?");
        var from = await terminal.SeesAsync(Start);
        Assert.NotEqual(terminal.FoundModes, terminal.Modes());

        terminal.Send(F10);
        from = await terminal.SeesAsync("Nothing is running.", from);
        terminal.Send("\r");
        await terminal.SeesAsync("status 0", from);

        terminal.IsGivenBack();
    }

    [Fact]
    public async Task The_result_stays_on_the_terminal_after_I_leave()
    {
        var before = await _product.RunAsync("install", "--rehearse", "--answers", Product.Sample);
        Assert.Equal(0, before.ExitCode);
        using var terminal = Open("$0 $options; echo status $?");

        await terminal.SeesAsync("update");
        terminal.Send("u");
        var from = await WholeAsync(terminal, "nothing changes. Enter rehearses", 0);
        terminal.Send("\r");
        from = await WholeAsync(terminal, "The rehearsal is done.", from);
        terminal.Send(F10);
        from = await WholeAsync(terminal, "Nothing is running.", from);
        terminal.Send("\r");

        from = await terminal.SeesAsync(Left, from);
        from = await terminal.SeesAsync("https://erp.example.com", from);
        await terminal.SeesAsync("status 0", await terminal.SeesAsync("Nothing was installed.", from));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("HUP")]
    [InlineData("INT")]
    [InlineData("QUIT")]
    public async Task A_signal_restores_the_terminal(string signal)
    {
        using var terminal = Open("$0 $options & echo pid $!; fg; echo status $?");
        await terminal.SeesAsync(Start);

        await terminal.SignalAsync(signal);
        await terminal.SeesAsync("status 130");

        terminal.IsGivenBack();
    }

    [Fact]
    public async Task After_a_stop_the_next_start_has_my_answers()
    {
        using var terminal = Open("$0 $options & echo pid $!; fg; echo stopped $?; read -r; fg; echo status $?");
        var typed = await TypeNameAsync(terminal, "erp.example.com");
        typed = await WholeAsync(terminal, "erp.example.com", typed);

        await terminal.SignalAsync("TSTP");
        var stopped = await terminal.SeesAsync("stopped 14", typed);
        terminal.IsGivenBack();

        terminal.Send("\n");
        await WholeAsync(terminal, "erp.example.com", await terminal.SeesAsync("\e[?1049h", stopped));
        await terminal.SignalAsync("TERM");
        await terminal.SeesAsync("status 130");
        terminal.IsGivenBack();
    }

    [Fact]
    public async Task A_kill_loses_at_most_the_last_key()
    {
        using var terminal = Open("$0 $options & echo pid $!; fg; echo status $?");
        var typed = await TypeNameAsync(terminal, "erp.example.co");
        var from = await WholeAsync(terminal, "erp.example.co", typed);
        await terminal.QuietAsync(TimeSpan.FromMilliseconds(500));
        terminal.Send("m");

        await terminal.SignalAsync("KILL");
        await terminal.SeesAsync("status 137", from);

        Assert.Contains(
            "name = \"erp.example.co",
            await File.ReadAllTextAsync(
                Path.Combine(_product.StateDirectory, "draft.toml"),
                TestContext.Current.CancellationToken
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_connections_of_a_session_are_closed_when_the_rehearsal_begins()
    {
        await using var nomad = new ConnectionCounter();
        using var terminal = Open(
            "$0 --state-dir $directory & echo pid $!; fg; echo status $?",
            ("NOMAD_ADDR", nomad.Address),
            ("DOCKER_HOST", nomad.Address.Replace("http:", "tcp:", StringComparison.Ordinal)),
            ("XDG_STATE_HOME", _product.In("home")),
            ("directory", _product.StateDirectory)
        );
        await terminal.SeesAsync("Not ready");
        Assert.True(nomad.Opened >= 2, $"{nomad.Opened} connections");

        terminal.Send("\e[B\e[B\r");
        await terminal.SeesAsync("REHEARSAL");

        await nomad.AllClosedAsync();
    }

    [Fact]
    public async Task A_name_can_be_pasted()
    {
        using var terminal = Open("$0 $options");

        var typed = await TypeNameAsync(terminal, "\e[200~shop.example.com\e[201~");

        await WholeAsync(terminal, "shop.example.com", typed);
    }

    [Fact]
    public async Task A_window_that_is_too_small_gets_a_message_and_keeps_the_typed_text()
    {
        using var terminal = Open("$0 $options");
        var from = await TypeNameAsync(terminal, "erp.example.com");

        terminal.Resize(60, 10);
        from = await terminal.SeesAsync("needs 80x24, this terminal has 60x10", from);
        for (var size = 0; size < 100; size++)
        {
            terminal.Resize(40 + size, 5 + (size % 40));
        }

        terminal.Resize(90, 30);
        await terminal.SeesAsync("erp.example.com", from);
    }

    [Fact]
    public async Task A_locale_without_UTF8_gets_only_ASCII()
    {
        using var terminal = Open("$0 $options", ("LC_ALL", "POSIX"));
        await terminal.SeesAsync($"> {Start}");
        await TypeNameAsync(terminal, "erp.example.com");

        Assert.DoesNotContain(terminal.Output, character => character > 0x7f);
    }

    [Theory]
    [InlineData("NO_COLOR", "1")]
    [InlineData("TERM", "vt220")]
    public async Task A_terminal_without_colours_gets_none_and_every_state_has_a_sign(string variable, string value)
    {
        using var terminal = Open("$0 $options", (variable, value));
        await terminal.SeesAsync(Start);
        terminal.Send("\r");
        await WholeAsync(terminal, ShownInstaller.AllPass, 0);

        Assert.DoesNotMatch(@"\e\[[0-9;]*([349][0-7]|10[0-7]|[34]8;[0-9;]+)m", terminal.Output);
        Assert.Contains("✓ cpu", terminal.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dumb")]
    [InlineData("")]
    public async Task A_terminal_without_cursor_positioning_gets_plain_lines(string term)
    {
        using var terminal = Open("$0 $options", ("TERM", term));

        await terminal.SeesAsync("Release [v15.75.1]: ");

        Assert.DoesNotContain("\e[?1049h", terminal.Output, StringComparison.Ordinal);
        Assert.All(terminal.Output.Split('\n'), line => Assert.InRange(line.TrimEnd('\r').Length, 0, 80));
    }

    // The shell splits $options into words, so the directory of a test must not contain a blank.
    private PseudoTerminal Open(string script, params (string Name, string? Value)[] variables)
    {
        var environment = new Dictionary<string, string?>(_product.Environments)
        {
            ["options"] = $"--rehearse --state-dir {_product.StateDirectory}",
        };
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        return new PseudoTerminal(script, Product.Binary, environment);
    }

    // From the first screen to the site's form.
    private static async Task<int> TypeNameAsync(PseudoTerminal terminal, string name)
    {
        await terminal.SeesAsync(Start);
        terminal.Send("\r");
        var from = await WholeAsync(terminal, ShownInstaller.AllPass, 0);
        terminal.Send("\r");
        from = await WholeAsync(terminal, "10 apps", from);
        terminal.Send("\r");
        from = await WholeAsync(terminal, "Public host name", from);
        terminal.Send("\x15");
        terminal.Send(name);
        return from;
    }

    // The program sends only changes. This redraws the screen until the whole text arrives in one piece.
    private static async Task<int> WholeAsync(PseudoTerminal terminal, string text, int from)
    {
        for (var tries = 0; !terminal.Output[from..].Contains(text, StringComparison.Ordinal); tries++)
        {
            Assert.True(
                tries < 100,
                $"never seen: {text}; there was:\n{terminal.Output.Replace("\e", "␛", StringComparison.Ordinal)}"
            );
            terminal.Send("\f");
            await terminal.QuietAsync(TimeSpan.FromMilliseconds(150));
        }

        return from + terminal.Output[from..].IndexOf(text, StringComparison.Ordinal) + text.Length;
    }
}
