namespace ErpInstaller.Terminal;

/// <summary>The symbols of the screens.</summary>
internal sealed record Glyphs
{
    /// <summary>For UTF-8 terminals.</summary>
    public static Glyphs Unicode { get; } =
        new()
        {
            Done = "✓",
            Failed = "✗",
            Running = "▶",
            Waiting = "·",
            Stale = "↻",
            Interrupted = "‖",
            Warning = "!",
            Chosen = "[✓]",
            Unchosen = "[ ]",
            Picked = "(•)",
            Unpicked = "( )",
            Pointer = "›",
            Vertical = "│",
            Full = "█",
            Taken = "▒",
            Free = "░",
            More = "…",
            Dash = "–",
            Create = "+",
            Change = "~",
            Remove = "-",
            Left = "◂",
            Right = "▸",
        };

    /// <summary>For other terminals.</summary>
    public static Glyphs Ascii { get; } =
        new()
        {
            Done = "+",
            Failed = "x",
            Running = ">",
            Waiting = ".",
            Stale = "*",
            Interrupted = "=",
            Warning = "!",
            Chosen = "[x]",
            Unchosen = "[ ]",
            Picked = "(*)",
            Unpicked = "( )",
            Pointer = ">",
            Vertical = "|",
            Full = "#",
            Taken = "x",
            Free = ".",
            More = "~",
            Dash = "-",
            Create = "+",
            Change = "~",
            Remove = "-",
            Left = "<",
            Right = ">",
        };

    /// <summary>For the Linux console: its fonts have lines and blocks, but no check marks and arrows.</summary>
    public static Glyphs Console { get; } =
        Ascii with
        {
            Waiting = Unicode.Waiting,
            Vertical = Unicode.Vertical,
            Full = Unicode.Full,
            Taken = Unicode.Taken,
            Free = Unicode.Free,
        };

    /// <summary>Those that a terminal can show.</summary>
    public static Glyphs For(CharacterSet characters) =>
        characters switch
        {
            CharacterSet.Unicode => Unicode,
            CharacterSet.Console => Console,
            _ => Ascii,
        };

    public required string Done { get; init; }

    public required string Failed { get; init; }

    public required string Running { get; init; }

    public required string Waiting { get; init; }

    public required string Stale { get; init; }

    public required string Interrupted { get; init; }

    public required string Warning { get; init; }

    public required string Chosen { get; init; }

    public required string Unchosen { get; init; }

    /// <summary>The one of several that is chosen.</summary>
    public required string Picked { get; init; }

    public required string Unpicked { get; init; }

    /// <summary>Before the selected line.</summary>
    public required string Pointer { get; init; }

    public required string Vertical { get; init; }

    /// <summary>A filled part of a bar.</summary>
    public required string Full { get; init; }

    /// <summary>A part of a bar that others fill.</summary>
    public required string Taken { get; init; }

    /// <summary>An empty part of a bar.</summary>
    public required string Free { get; init; }

    /// <summary>Marks a cut text.</summary>
    public required string More { get; init; }

    public required string Dash { get; init; }

    public required string Create { get; init; }

    public required string Change { get; init; }

    public required string Remove { get; init; }

    /// <summary>Before a choice that the left arrow changes.</summary>
    public required string Left { get; init; }

    /// <summary>After a choice that the right arrow changes.</summary>
    public required string Right { get; init; }

    /// <summary>A bar of a width, filled by a ratio from 0 to 1.</summary>
    public string Bar(double ratio, int width)
    {
        var full = (int)Math.Round(Math.Clamp(ratio, 0, 1) * width);
        return string.Concat(Enumerable.Repeat(Full, full).Concat(Enumerable.Repeat(Free, width - full)));
    }
}
