namespace ErpInstaller.Tests.Terminal;

/// <summary>The full screen in a real terminal. The demonstration program shows a field, a list and a log.</summary>
public class TerminalHandlingTests
{
    private const string Drawn = "choice 4 of the demonstration";
    private const string Left = "\e[?1049l";
    private const string F2 = "\eOQ";
    private const string F3 = "\eOR";
    private const string F10 = "\e[21~";

    private static string Demo => Path.Combine(AppContext.BaseDirectory, "terminal-demo");

    [Fact]
    public async Task The_terminal_is_as_it_was_after_I_leave()
    {
        using var terminal = new PseudoTerminal("$0; echo status $?", Demo);
        await terminal.SeesAsync(Drawn);
        Assert.NotEqual(terminal.FoundModes, terminal.Modes());

        terminal.Send(F10);
        await terminal.SeesAsync("status 0");

        terminal.IsGivenBack();
    }

    [Fact]
    public async Task The_terminal_is_as_it_was_after_a_crash_and_the_cause_can_be_read()
    {
        using var terminal = new PseudoTerminal("$0; echo status $?", Demo);
        await terminal.SeesAsync(Drawn);

        terminal.Send(F2);
        var left = await terminal.SeesAsync(Left);
        await terminal.SeesAsync("as asked", left);
        await terminal.SeesAsync("status ", left);

        terminal.IsGivenBack();
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("HUP")]
    [InlineData("INT")]
    [InlineData("QUIT")]
    public async Task The_terminal_is_as_it_was_after_a_signal(string signal)
    {
        using var terminal = new PseudoTerminal("$0 & echo pid $!; fg; echo status $?", Demo);
        await terminal.SeesAsync(Drawn);

        await terminal.SignalAsync(signal);
        await terminal.SeesAsync("status 1");

        terminal.IsGivenBack();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task I_can_suspend_the_program_and_continue_where_I_was(bool byKey)
    {
        using var terminal = new PseudoTerminal(
            "$0 & echo pid $!; fg; echo stopped $?; read -r; fg; echo status $?",
            Demo
        );
        await terminal.SeesAsync(Drawn);
        terminal.Send("my name");
        await terminal.SeesAsync("my name");

        if (byKey)
        {
            terminal.Send("\x1a");
        }
        else
        {
            await terminal.SignalAsync("TSTP");
        }

        var stopped = await terminal.SeesAsync("stopped 14");
        terminal.IsGivenBack();

        terminal.Send("\n");
        var again = await terminal.SeesAsync("\e[?1049h", stopped);
        await terminal.SeesAsync("my name", again);
        await terminal.SeesAsync(Drawn, again);
        terminal.Send(F10);
        await terminal.SeesAsync("status 0", again);
        terminal.IsGivenBack();
    }

    [Fact]
    public async Task Without_a_shell_the_job_is_not_stopped()
    {
        using var terminal = new PseudoTerminal("exec $0", Demo);
        await terminal.SeesAsync(Drawn);

        terminal.Send("\x1a");
        terminal.Send("still here");

        await terminal.SeesAsync("still here");
    }

    [Theory]
    [InlineData("xterm", "", "", "\e[0;1;96m", "38;")]
    [InlineData("xterm-256color", "", "38;5;", "\e[0;1;96m", "38;2;")]
    [InlineData("xterm-256color", "truecolor", "38;2;200;120;40m", "\e[0;1;96m", "38;5;")]
    [InlineData("vt220", "", "\e[1m", "", "96m")]
    public async Task Colours_are_those_that_the_terminal_has(
        string term,
        string colorTerm,
        string log,
        string chosen,
        string never
    )
    {
        using var terminal = new PseudoTerminal(
            "$0 50",
            Demo,
            new Dictionary<string, string?> { ["TERM"] = term, ["COLORTERM"] = colorTerm }
        );
        await terminal.SeesAsync(Drawn);
        terminal.Send(F3);
        await terminal.SeesAsync("Step 50/50");

        Assert.Contains(log, terminal.Output, StringComparison.Ordinal);
        Assert.Contains(chosen, terminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(never, terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_NO_COLOR_there_is_no_colour()
    {
        using var terminal = new PseudoTerminal(
            "$0 50",
            Demo,
            new Dictionary<string, string?> { ["NO_COLOR"] = "1", ["COLORTERM"] = "truecolor" }
        );
        await terminal.SeesAsync(Drawn);
        terminal.Send(F3);
        await terminal.SeesAsync("Step 50/50");

        Assert.DoesNotMatch(@"\e\[[0-9;]*([349][0-7]|10[0-7]|[34]8;[0-9;]+)m", terminal.Output);
    }

    [Fact]
    public async Task In_a_locale_without_UTF8_only_ASCII_is_sent()
    {
        using var terminal = new PseudoTerminal("$0", Demo, new Dictionary<string, string?> { ["LC_ALL"] = "POSIX" });
        await terminal.SeesAsync("> choice 0 of the demonstration + - |");

        Assert.DoesNotContain(terminal.Output, character => character > 0x7f);
    }

    [Fact]
    public async Task The_terminal_gets_no_query_and_keeps_its_mouse()
    {
        using var terminal = new PseudoTerminal("$0", Demo);
        await terminal.SeesAsync(Drawn);
        await terminal.QuietAsync(TimeSpan.FromSeconds(1));

        foreach (var request in (string[])["\e[6n", "\e]", "\e[?u", "\e[c", "\e[?100", "\e[18t", "\eP"])
        {
            Assert.DoesNotContain(request, terminal.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_is_sent_while_nothing_happens()
    {
        using var terminal = new PseudoTerminal("$0", Demo);
        await terminal.SeesAsync(Drawn);
        terminal.Send("name");
        await terminal.SeesAsync("name");

        // Fails after a minute without such a pause.
        await terminal.QuietAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_pasted_text_arrives_whole_in_the_field()
    {
        using var terminal = new PseudoTerminal("$0", Demo);
        await terminal.SeesAsync("\e[?2004h");
        await terminal.SeesAsync(Drawn);

        terminal.Send("\e[200~pasted grün\e[201~");

        await terminal.SeesAsync("pasted grün");
    }

    [Fact]
    public async Task Many_resizes_end_with_the_last_size_and_few_frames()
    {
        using var terminal = new PseudoTerminal("$0", Demo);
        var before = await terminal.SeesAsync(Drawn);

        for (var size = 0; size < 200; size++)
        {
            terminal.Resize(80 + (size % 50), 24 + (size % 20));
        }

        terminal.Resize(101, 31);
        await terminal.SeesAsync("demonstration 101×31", before);
        await terminal.QuietAsync(TimeSpan.FromSeconds(1));
        Assert.InRange(terminal.Output[before..].Split("\e[2J").Length - 1, 1, 20);
        Assert.EndsWith(
            "demonstration 101×31",
            terminal.Output[..(terminal.Output.LastIndexOf('×') + 3)],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task I_can_redraw_the_screen()
    {
        using var terminal = new PseudoTerminal("$0", Demo);
        var before = await terminal.SeesAsync(Drawn);

        terminal.Send("\f");

        before = await terminal.SeesAsync("\e[2J", before);
        await terminal.SeesAsync(Drawn, before);
    }
}
