using System.Collections.Concurrent;
using System.Text;
using ErpInstaller.Terminal;
using Terminal.Gui.Drivers;
using Terminal.Gui.Time;

namespace ErpInstaller.Tests.Terminal;

/// <summary>The keys as terminals send them, read by Terminal.Gui as in the program.</summary>
public sealed class KeySequencesTests
{
    public static TheoryData<string, string, string> Sequences =>
        new()
        {
            { "xterm", "\e[A", "CursorUp" },
            { "application mode (PuTTY, screen, tmux)", "\eOA", "CursorUp" },
            { "application mode", "\eOD", "CursorLeft" },
            { "xterm", "\e[H", "Home" },
            { "application mode", "\eOH", "Home" },
            { "Linux console, screen, tmux", "\e[1~", "Home" },
            { "rxvt", "\e[7~", "Home" },
            { "xterm", "\e[F", "End" },
            { "application mode", "\eOF", "End" },
            { "Linux console, screen, tmux", "\e[4~", "End" },
            { "rxvt", "\e[8~", "End" },
            { "VT220", "\e[5~", "PageUp" },
            { "VT220", "\e[6~", "PageDown" },
            { "VT220", "\e[3~", "Delete" },
            { "xterm", "\eOP", "F1" },
            { "Linux console", "\e[[A", "F1" },
            { "PuTTY", "\e[11~", "F1" },
            { "kitty", "\e[1;1P", "F1" },
            { "Linux console", "\e[[B", "F2" },
            { "PuTTY", "\e[14~", "F4" },
            { "Linux console", "\e[[D", "F4" },
            { "all", "\e[21~", "F10" },
            { "application mode of the keypad", "\eOM", "Enter" },
            { "application mode of the keypad", "\eOx", "8" },
            { "CSI u", "\e[27u", "Esc" },
            { "CSI u", "\e[13u", "Enter" },
            { "CSI u", "\e[9u", "Tab" },
            { "CSI u", "\e[9;2u", "Shift+Tab" },
            { "CSI u", "\e[108;5u", "Ctrl+L" },
            { "CSI u", "\e[97u", "a" },
            { "CSI u", "\e[97;2u", "A" },
            { "CSI u", "\e[97;1:2u", "a" },
            { "CSI u", "\e[97;1:3u", "" },
            { "CSI u", "\e[127u", "Backspace" },
            { "CSI u, Num Lock", "\e[57414;129u", "Enter" },
            { "kitty, Num Lock", "\e[1;129A", "CursorUp" },
            { "CSI u with a byte that no key has", "\e[97;-u", "" },
            { "kitty, key released", "\e[1;1:3A", "" },
            { "kitty, only a modifier", "\e[57441;2u", "" },
            { "xterm", "\e[1;2A", "Shift+CursorUp" },
            { "rxvt", "\e[7;2~", "Shift+Home" },
            { "a number that no key has", "\e[78~", "" },
            { "modifyOtherKeys", "\e[27;5;108~", "Ctrl+L" },
            { "Windows Terminal, pressed", "\e[38;72;0;1;0;1_", "CursorUp" },
            { "Windows Terminal, released", "\e[38;72;0;0;0;1_", "" },
            { "Windows Terminal", "\e[65;30;97;1;0;1_", "a" },
            { "Windows Terminal", "\e[121;68;0;1;0;1_", "F10" },
            { "all", "\x7f", "Backspace" },
            { "all", "\e", "Esc" },
            { "all", "é", "é" },
        };

    [Theory]
    [MemberData(nameof(Sequences))]
    public void A_key_means_the_same_on_every_terminal(string terminal, string sequence, string key) =>
        Assert.Equal((terminal, key), (terminal, string.Join(" ", Read([sequence]))));

    [Theory]
    [MemberData(nameof(Sequences))]
    public void A_key_that_arrives_character_by_character_means_the_same(
        string terminal,
        string sequence,
        string key
    ) => Assert.Equal((terminal, key), (terminal, string.Join(" ", Read([.. sequence.Select(c => c.ToString())]))));

    [Fact]
    public void Characters_typed_around_a_sequence_keep_their_order() =>
        Assert.Equal(["a", "CursorUp", "b", "End", "c"], Read(["a\eOAb\e[8~c"]));

    [Fact]
    public void An_incomplete_sequence_does_not_join_the_characters_after_it() =>
        Assert.Equal(["2", "~", "End"], Read(["\e[2\e[_2~\e[8~"]));

    [Fact]
    public void A_sequence_whose_end_comes_late_is_still_one_key()
    {
        var sent = new StringBuilder();
        var sequences = new KeySequences(c => sent.Append(c));

        sequences.Add("\e[2");
        sequences.Flush();
        sequences.Add("1~");

        Assert.Equal("\e[21~", sent.ToString());
    }

    private static List<string> Read(string[] parts)
    {
        var time = new VirtualTimeProvider();
        var queue = new ConcurrentQueue<char>();
        var keys = new List<string>();
        using var processor = new AnsiInputProcessor(queue, time);
        processor.KeyDown += (_, key) => keys.Add(key.ToString());
        var sequences = new KeySequences(queue.Enqueue);
        foreach (var part in parts)
        {
            sequences.Add(part);
            processor.ProcessQueue();
        }

        sequences.Flush();
        for (var turn = 0; turn < 10; turn++)
        {
            processor.ProcessQueue();
            time.Advance(TimeSpan.FromMilliseconds(20));
        }

        return keys;
    }
}
