using Terminal.Gui.Drivers;
using Terminal.Gui.Input;

namespace ErpInstaller.Terminal;

/// <summary>A key with its modifiers.</summary>
internal readonly record struct KeyPress
{
    private readonly KeyCode _code;

    public KeyPress(Key key) => _code = key.KeyCode;

    public static KeyPress Enter { get; } = new(Key.Enter);

    public static KeyPress Esc { get; } = new(Key.Esc);

    public static KeyPress Tab { get; } = new(Key.Tab);

    public static KeyPress Space { get; } = new(Key.Space);

    public static KeyPress CursorUp { get; } = new(Key.CursorUp);

    public static KeyPress CursorDown { get; } = new(Key.CursorDown);

    public static KeyPress CursorLeft { get; } = new(Key.CursorLeft);

    public static KeyPress CursorRight { get; } = new(Key.CursorRight);

    public static KeyPress PageUp { get; } = new(Key.PageUp);

    public static KeyPress PageDown { get; } = new(Key.PageDown);

    public static KeyPress Home { get; } = new(Key.Home);

    public static KeyPress End { get; } = new(Key.End);

    public static KeyPress F1 { get; } = new(Key.F1);

    public static KeyPress F2 { get; } = new(Key.F2);

    public static KeyPress F4 { get; } = new(Key.F4);

    public static KeyPress F10 { get; } = new(Key.F10);

    /// <summary>The same key with Shift.</summary>
    public KeyPress WithShift => new(new Key(_code).WithShift);

    /// <summary>The character that the key types, or 0.</summary>
    public int Character => new Key(_code).AsRune.Value;

    /// <summary>The key as it is written on the keyboard: <c>Enter</c>, <c>F4</c>, <c>r</c>, <c>Ctrl-L</c>.</summary>
    public string Name => new Key(_code).ToString().Replace('+', '-');

    /// <summary>The key that types a character.</summary>
    public static KeyPress Letter(char letter) => new(new Key(letter));

    /// <summary>A letter with Ctrl.</summary>
    public static KeyPress Ctrl(char letter) => new(new Key(letter).WithCtrl);

    /// <summary>
    /// Whether another key is this one, or types the same character: some keyboards type a slash with Shift.
    /// </summary>
    public bool Matches(KeyPress other) => this == other || (Character > ' ' && Character == other.Character);
}
