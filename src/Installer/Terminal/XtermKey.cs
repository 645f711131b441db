using System.Globalization;
using System.Text;

namespace ErpInstaller.Terminal;

/// <summary>The sequence of xterm for the key of a sequence; empty for a key that types and does nothing.</summary>
internal static class XtermKey
{
    private const int Shift = 1;
    private const int Alt = 2;
    private const int Control = 4;
    private const int Released = 3;

    private static readonly Dictionary<string, string> Spellings = new()
    {
        // The Linux console.
        ["\e[[A"] = "\eOP",
        ["\e[[B"] = "\eOQ",
        ["\e[[C"] = "\eOR",
        ["\e[[D"] = "\eOS",
        ["\e[[E"] = "\e[15~",

        // PuTTY and rxvt.
        ["\e[11~"] = "\eOP",
        ["\e[12~"] = "\eOQ",
        ["\e[13~"] = "\eOR",
        ["\e[14~"] = "\eOS",
        ["\e[7~"] = "\e[H",
        ["\e[8~"] = "\e[F",

        // VT220, screen, tmux, the Linux console.
        ["\e[1~"] = "\e[H",
        ["\e[4~"] = "\e[F",

        // The application mode of cursor keys and keypad.
        ["\eOA"] = "\e[A",
        ["\eOB"] = "\e[B",
        ["\eOC"] = "\e[C",
        ["\eOD"] = "\e[D",
        ["\eOH"] = "\e[H",
        ["\eOF"] = "\e[F",
        ["\eOM"] = "\r",
        ["\eOI"] = "\t",
        ["\eOX"] = "=",
    };

    // CSI number ~. Terminal.Gui 2.5.0 fails with a NullReferenceException at others.
    private static readonly int[] KnownNumbers =
    [
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        11,
        12,
        13,
        14,
        15,
        17,
        18,
        19,
        20,
        21,
        23,
        24,
    ];

    // Private use characters of the kitty protocol, from 57399 on: the keypad.
    private static readonly string[] Keypad =
    [
        .. "0123456789./*-+".Select(c => c.ToString()),
        "\r",
        "=",
        ",",
        "\e[D",
        "\e[C",
        "\e[A",
        "\e[B",
        "\e[5~",
        "\e[6~",
        "\e[H",
        "\e[F",
        "\e[2~",
        "\e[3~",
    ];

    /// <summary>A sequence without another spelling stays as it is.</summary>
    public static string Of(string sequence)
    {
        if (Spellings.TryGetValue(sequence, out var xterm))
        {
            return xterm;
        }

        if (sequence is [_, 'O', >= 'j' and <= 'y'])
        {
            // The keypad's characters are those of ASCII, moved by 64.
            return ((char)(sequence[2] - 64)).ToString();
        }

        // ESC O and a letter that no terminal sends. Terminal.Gui 2.5.0 fails at ESC O O.
        if (sequence is [_, 'O', not (>= 'P' and <= 'S')])
        {
            return "";
        }

        if (sequence is not [_, '[', .. var parameters, var final])
        {
            return sequence;
        }

        // No key has an intermediate byte (ECMA-48 5.4). Terminal.Gui 2.5.0 fails at such a CSI u.
        if (final is 'u' or '~' or '_' && parameters.Any(IsIntermediate))
        {
            return "";
        }

        if (!parameters.All(IsOfParameters))
        {
            return sequence;
        }

        var numbers = parameters.Split(';').Select(p => p.Split(':')).ToArray();
        return final switch
        {
            'u' => Typed(Number(numbers, 0, 0), numbers),
            '~' when Number(numbers, 0, 0) == 27 && numbers.Length > 2 => Typed(Number(numbers, 2, 0), numbers),
            '_' => OfWindows(numbers),
            '~' when !KnownNumbers.Contains(Number(numbers, 0, 0)) => "",
            '~' => Moved(numbers, final),
            (>= 'A' and <= 'H') or (>= 'P' and <= 'S') when numbers.Length > 1 => Moved(numbers, final),
            _ => sequence,
        };
    }

    // CSI key ; modifiers:event. Caps Lock and Num Lock count as modifiers for kitty.
    private static string Moved(string[][] numbers, char final)
    {
        if (Number(numbers, 1, 1) == Released)
        {
            return "";
        }

        // Terminal.Gui knows no modifiers at the other spellings of Home, End and F1 to F4.
        var (key, last) = (final, Number(numbers, 0, 0)) switch
        {
            ('~', 1 or 7) => (1, 'H'),
            ('~', 4 or 8) => (1, 'F'),
            ('~', >= 11 and <= 14 and var code) => (1, (char)('P' + code - 11)),
            ('~', var code) => (code, '~'),
            _ => (1, final),
        };
        var modifiers = Modifiers(numbers);
        return modifiers > 0 ? string.Create(CultureInfo.InvariantCulture, $"\e[{key};{modifiers + 1}{last}")
            : last is >= 'P' and <= 'S' ? $"\eO{last}"
            : last == '~' ? string.Create(CultureInfo.InvariantCulture, $"\e[{key}~")
            : $"\e[{last}";
    }

    private static string Typed(int code, string[][] numbers) =>
        Number(numbers, 1, 1) == Released ? "" : Typed(code, Modifiers(numbers));

    private static string Typed(int code, int modifiers)
    {
        if (code is >= 57399 and < 57399 + 28)
        {
            return Keypad[code - 57399];
        }

        // Other keys of the private use area are modifiers, media keys and the like.
        if (code is < 8 or >= 57344 and <= 63743 || !Rune.IsValid(code))
        {
            return "";
        }

        if (code == '\t' && (modifiers & Shift) != 0)
        {
            return "\e[Z";
        }

        var typed = new Rune(code).ToString();
        typed = (modifiers & Shift) != 0 ? typed.ToUpperInvariant() : typed;
        if ((modifiers & Control) != 0 && char.IsAsciiLetter(typed[0]))
        {
            typed = ((char)(typed[0] & 0x1f)).ToString();
        }

        return (modifiers & Alt) != 0 ? "\e" + typed : typed;
    }

    // CSI key ; scan code ; character ; pressed ; state ; count _
    private static string OfWindows(string[][] numbers)
    {
        if (numbers.Length < 4 || Number(numbers, 3, 0) == 0)
        {
            return "";
        }

        return Number(numbers, 0, 0) switch
        {
            33 => "\e[5~",
            34 => "\e[6~",
            35 => "\e[F",
            36 => "\e[H",
            37 => "\e[D",
            38 => "\e[A",
            39 => "\e[C",
            40 => "\e[B",
            46 => "\e[3~",
            >= 112 and <= 123 and var function => OfFunction(function - 111),
            9 when (Number(numbers, 4, 0) & 0x10) != 0 => "\e[Z",
            8 => "\x7f",
            _ when Number(numbers, 2, 0) is > 0 and <= char.MaxValue and var character => ((char)character).ToString(),
            _ => "",
        };
    }

    private static string OfFunction(int number) =>
        number switch
        {
            <= 4 => $"\eO{(char)('O' + number)}",
            5 => "\e[15~",
            <= 10 => string.Create(CultureInfo.InvariantCulture, $"\e[{number + 11}~"),
            _ => string.Create(CultureInfo.InvariantCulture, $"\e[{number + 12}~"),
        };

    private static bool IsOfParameters(char character) => character is ';' or ':' or (>= '0' and <= '9');

    private static bool IsIntermediate(char character) => character is >= ' ' and <= '/';

    private static int Modifiers(string[][] numbers) =>
        Math.Max(Number(numbers, 1, 0) - 1, 0) & (Shift | Alt | Control);

    private static int Number(string[][] numbers, int parameter, int part) =>
        parameter < numbers.Length
        && part < numbers[parameter].Length
        && int.TryParse(numbers[parameter][part], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}
