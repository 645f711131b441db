using ErpInstaller.Terminal;

namespace ErpInstaller.Screens.Frame;

/// <summary>The keys that work on every screen.</summary>
internal static class FrameKeys
{
    /// <summary>It is one of them.</summary>
    public static bool Are(KeyPress key) =>
        key == KeyPress.F1
        || key == KeyPress.F4
        || key == KeyPress.F10
        || key == KeyPress.Ctrl('c')
        || key == KeyPress.Ctrl('l');

    /// <summary>Does what such a key means.</summary>
    /// <returns>It was one.</returns>
    public static bool Take(Workspace work, KeyPress key)
    {
        var (screens, current) = (work.Navigator, work.Navigator.Current);
        if (key == KeyPress.F1)
        {
            Toggle<HelpScreen>(screens, () => new HelpScreen(current));
        }
        else if (key == KeyPress.F4)
        {
            Toggle<LogScreen>(screens, () => new LogScreen(work, current.Step));
        }
        else if (key == KeyPress.F10 || key == KeyPress.Ctrl('c'))
        {
            Toggle<LeaveScreen>(screens, () => new LeaveScreen(work));
        }
        else if (key == KeyPress.Ctrl('l'))
        {
            work.Redraw();
        }

        return Are(key);
    }

    private static void Toggle<T>(Navigator screens, Func<T> make)
        where T : Screen
    {
        if (screens.Current is T)
        {
            screens.Back();
        }
        else
        {
            screens.Open(make());
        }
    }
}
