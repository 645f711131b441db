using System.Drawing;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens.Frame;

/// <summary>The present screen in its frame, and the keys that work on every screen.</summary>
internal sealed class ScreensInFrame(ScreenContext work) : IFrameContent
{
    // These move between fields or end the input. All other keys edit the text.
    private static readonly HashSet<KeyPress> _leavingField =
    [
        KeyPress.Enter,
        KeyPress.Esc,
        KeyPress.Tab,
        KeyPress.Tab.WithShift,
        KeyPress.CursorUp,
        KeyPress.CursorDown,
        KeyPress.PageUp,
        KeyPress.PageDown,
    ];

    /// <inheritdoc/>
    public bool IsLeft => work.Navigator.IsLeft;

    /// <inheritdoc/>
    public bool IsAtWork => work.Navigator.Current.IsAtWork;

    /// <inheritdoc/>
    public Typing? Typing(Size terminal)
    {
        var screen = work.Navigator.Current;
        var origin = FramePicture.OriginOf(screen);
        return !FramePicture.Fits(terminal) || screen.Typing is not { } typing
            ? null
            : typing with
            {
                Column = origin.X + typing.Column,
                Row = origin.Y + typing.Row,
            };
    }

    /// <inheritdoc/>
    public IReadOnlyList<Line> Draw(Size terminal) => FramePicture.Draw(work, terminal);

    /// <inheritdoc/>
    public void Take(KeyPress key, Size terminal)
    {
        if (FramePicture.Fits(terminal) || FrameKeys.Leaves(key))
        {
            Binding.Take([.. FrameKeys.Bindings(work), .. work.Navigator.Current.PresentBindings], key);
        }
    }

    /// <inheritdoc/>
    public bool LeavesField(KeyPress key) =>
        _leavingField.Contains(key) || FrameKeys.Bindings(work).Any(b => b.Keys.Contains(key));
}
