using System.Drawing;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens.Frame;

/// <summary>The present screen in its frame, and the keys that work on every screen.</summary>
internal sealed class ScreensInFrame(Workspace work) : IFrameContent
{
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
        if (!FramePicture.Fits(terminal) && key != KeyPress.F10 && key != KeyPress.Ctrl('c'))
        {
            return;
        }

        var screens = work.Navigator;
        if (!FrameKeys.Take(work, key) && !screens.Current.OnKey(key) && key == KeyPress.Esc)
        {
            screens.Back();
        }
    }

    /// <inheritdoc/>
    public bool LeavesField(KeyPress key) =>
        key == KeyPress.Enter
        || key == KeyPress.Esc
        || key == KeyPress.Tab
        || key == KeyPress.Tab.WithShift
        || key == KeyPress.CursorUp
        || key == KeyPress.CursorDown
        || key == KeyPress.PageUp
        || key == KeyPress.PageDown
        || FrameKeys.Are(key);
}
