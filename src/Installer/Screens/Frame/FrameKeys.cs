using Terminal.Gui.Input;

namespace ErpInstaller.Screens.Frame;

/// <summary>The keys that work on every screen.</summary>
internal static class FrameKeys
{
    /// <summary>It is one of them.</summary>
    public static bool Are(Key key) => key == Key.F1 || key == Key.F4 || key == Key.F10 || key == Key.C.WithCtrl || key == Key.L.WithCtrl;

    /// <summary>Does what such a key means.</summary>
    /// <returns>It was one.</returns>
    public static bool Take(Workspace work, Key key)
    {
        var (screens, current) = (work.Navigator, work.Navigator.Current);
        if (key == Key.F1)
        {
            Toggle<HelpScreen>(screens, () => new HelpScreen(current));
        }
        else if (key == Key.F4)
        {
            Toggle<LogScreen>(screens, () => new LogScreen(work, current.Step));
        }
        else if (key == Key.F10 || key == Key.C.WithCtrl)
        {
            Toggle<LeaveScreen>(screens, () => new LeaveScreen(work));
        }
        else if (key == Key.L.WithCtrl)
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
