using Terminal.Gui.Input;

namespace ErpInstaller.Screens.Frame;

/// <summary>Which keys edit a line of text, and which leave it.</summary>
internal static class Typewriter
{
    /// <summary>The key takes away all that was typed, as in a shell.</summary>
    public static bool Clears(Key key) => key == Key.U.WithCtrl;

    /// <summary>The key is not for the text field but for the screen.</summary>
    public static bool Leaves(Key key) =>
        key == Key.Enter || key == Key.Esc || key == Key.Tab || key == Key.Tab.WithShift || key == Key.CursorUp || key == Key.CursorDown
        || key == Key.PageUp || key == Key.PageDown || FrameKeys.Are(key);
}
