using ErpInstaller.Composition;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;
using ErpInstaller.Screens.Running;
using Terminal.Gui.Input;

namespace ErpInstaller.Tests.Screens;

/// <summary>F4: the content of the log, and lines longer than the terminal.</summary>
public sealed class LogTests : IDisposable
{
    private static readonly RunStarted Began = new(
        "erp.example.com",
        "v15.75.1",
        Rehearsal: true,
        [.. InstallSteps.InOrder().Select(s => s.Id)]
    );

    private readonly ShownInstaller _shown = new();

    [Fact]
    public async Task The_log_has_every_step_until_the_end_of_the_run()
    {
        await _shown.AtWorkAsync();
        _shown.Install.Tell(
            Began,
            new StepStarted(StepId.Image, 1, "not built"),
            new Log(StepId.Image, LogLevel.Output, "yarn run v1.22"),
            new StepFinished(StepId.Image, StepStatus.Done, Skipped: false, 10, "erpnext-full is there"),
            new StepStarted(StepId.Deployment, 1, "erpnext: not there"),
            new Progress(StepId.Deployment, "erpnext: 3 of 6 healthy", 0.5),
            new Progress(StepId.Deployment, "erpnext: 3 of 6 healthy", 0.6),
            new StepFinished(StepId.Deployment, StepStatus.Done, Skipped: false, 10, "12 containers"),
            new StepFinished(
                StepId.Verification,
                StepStatus.Done,
                Skipped: false,
                1,
                "https://erp.example.com answers"
            ),
            new Finished(StepStatus.Done, 0, Rehearsal: true)
        );
        await _shown.SeesAsync("The rehearsal is done");

        _shown.Press(Key.F4);

        Assert.Equal(
            [
                "run started: erp.example.com, release v15.75.1, rehearsal",
                "image: started, attempt 1: not built",
                "yarn run v1.22",
                "image: done: erpnext-full is there",
                "deployment: started, attempt 1: erpnext: not there",
                "deployment: erpnext: 3 of 6 healthy",
                "deployment: done: 12 containers",
                "verification: done: https://erp.example.com answers",
                "run ended: exit code 0",
            ],
            _shown.Screen.Lines.Skip(3).Take(9).Select(l => l.Trim())
        );
    }

    [Fact]
    public async Task The_log_stays_open_when_the_run_ends_and_says_so()
    {
        await AtLogAsync([.. Enumerable.Range(1, 40).Select(n => $"line {n}")]);
        _shown.Press(Key.Home);

        _shown.Install.Tell(
            new Finished(
                StepStatus.Failed,
                4,
                Rehearsal: true,
                StepId.Image,
                "BuildFailed",
                "hrms does not build",
                "Give it more memory"
            )
        );
        await _shown.SeesAsync("the run has ended, Esc shows its result");
        Assert.Contains(" line 1\n", _shown.Text, StringComparison.Ordinal);

        _shown.Press(Key.Esc);
        await _shown.SeesAsync("image failed");
    }

    [Fact]
    public async Task The_key_w_wraps_a_long_line_and_cuts_it_again()
    {
        await AtLogAsync("short", $"{new string('a', 100)} the end");
        Assert.DoesNotContain("the end", _shown.Text, StringComparison.Ordinal);

        _shown.Press(Key.W);
        Assert.Contains(
            "\n " + new string('a', 79) + "\n " + new string('a', 21) + " the end",
            _shown.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("w cut", _shown.Text, StringComparison.Ordinal);

        _shown.Press(Key.W);
        Assert.DoesNotContain("the end", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("w wrap", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_wrapped_log_follows_to_the_last_row_and_counts_lines()
    {
        await AtLogAsync([.. Enumerable.Range(1, 30).Select(n => $"{n} {new string('a', 100)} end of {n}")]);
        _shown.Press(Key.W);

        Assert.EndsWith(" end of 30", LastRow(), StringComparison.Ordinal);
        Assert.Contains("following, 32 lines", _shown.Text, StringComparison.Ordinal);
        _shown.Install.Tell(new Log(StepId.Image, LogLevel.Output, $"{new string('b', 200)} the newest"));
        await _shown.SeesAsync("the newest");
        Assert.EndsWith(" the newest", LastRow(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_wrapped_log_scrolls_by_rows_and_then_does_not_move()
    {
        await AtLogAsync([.. Enumerable.Range(1, 30).Select(n => $"{n} {new string('a', 100)} end of {n}")]);
        _shown.Press(Key.W, Key.CursorUp);

        Assert.StartsWith(" 30 aaa", LastRow(), StringComparison.Ordinal);
        Assert.Contains("f follow", _shown.Text, StringComparison.Ordinal);
        var stood = _shown.Screen.Lines.Skip(3).Take(18).ToList();
        _shown.Install.Tell(new Log(StepId.Image, LogLevel.Output, "one more"));
        await _shown.SeesAsync("of 33");
        Assert.Equal(stood, _shown.Screen.Lines.Skip(3).Take(18));

        _shown.Press(Key.Home);
        Assert.Equal(" run started: erp.example.com, release v15.75.1, rehearsal", _shown.Screen.Lines[3]);
        for (var pages = 0; pages < 4; pages++)
        {
            _shown.Press(Key.PageDown);
        }

        Assert.Contains("following, 33 lines", _shown.Text, StringComparison.Ordinal);
        Assert.EndsWith("one more", LastRow(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_match_right_of_the_edge_is_reported_and_becomes_visible_by_wrapping()
    {
        await AtLogAsync([
            .. Enumerable
                .Range(1, 40)
                .Select(n => $"{n} {new string('a', 2000)} {(n == 20 ? "the needle" : "nothing")}"),
        ]);

        _shown.Press(new Key('/')).Type("needle").Press(Key.Enter);
        Assert.Contains("needle: right of the edge, w shows it", _shown.Text, StringComparison.Ordinal);

        _shown.Press(Key.W);
        Assert.Contains("the needle", _shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("right of the edge", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("F10 leave", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_width_keeps_the_present_line_on_the_screen()
    {
        await AtLogAsync([.. Enumerable.Range(1, 40).Select(n => $"{n} {new string('a', 300)}")]);
        _shown.Press(Key.W, Key.Home, Key.PageDown, Key.PageDown);
        var line = Number(_shown.Text);

        _shown.Screen.Resize(120, 40);
        _shown.Press(Key.F1, Key.F1);

        Assert.Equal(line, Number(_shown.Text));
    }

    [Fact]
    public void Wide_characters_are_not_cut_in_half()
    {
        var log = new LogTail();
        log.Add(new LogLine("", LogLevel.Output, "ab漢字😀c"));

        Assert.Equal(
            ["ab", "漢", "字", "😀", "c"],
            new LogRows(log, width: 2, wraps: true).From(new LogPlace(0, 0)).Select(r => r.Text)
        );
    }

    [Fact]
    public async Task An_ASCII_terminal_gets_only_ASCII()
    {
        using var shown = new ShownInstaller(unicode: false);
        await shown.AtWorkAsync();
        shown.Install.Tell(Began, new Log(StepId.Image, LogLevel.Output, "Zu\u0308rich, caf\u00e9 \u26a0\ufe0f"));
        shown.Press(Key.F4);

        await shown.SeesAsync("Zurich, cafe ?");
        Assert.DoesNotContain(string.Concat(shown.Screen.Sent.Output), character => character > '\x7f');
    }

    public void Dispose() => _shown.Dispose();

    private static string Number(string screen) =>
        screen[screen.IndexOf("line ", StringComparison.Ordinal)..].Split(' ')[1];

    private async Task AtLogAsync(params string[] lines)
    {
        await _shown.AtWorkAsync();
        _shown.Install.Tell([
            Began,
            new StepStarted(StepId.Image, 1, "not built"),
            .. lines.Select(l => new Log(StepId.Image, LogLevel.Output, l)),
        ]);
        await _shown.SeesAsync("Rehearsing: image");
        _shown.Press(Key.F4);
        // The run's start and the step's start are lines, too. More lines may still arrive after the screen opened.
        await _shown.SeesAsync($"following, {lines.Length + 2} lines");
    }

    // Above it: the input line of the search. Below: the message and the key bar.
    private string LastRow() => _shown.Screen.Lines[^4];
}
