using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens.Frame;

/// <summary>The keys that work on every screen.</summary>
internal static class FrameKeys
{
    private static readonly KeyPress _ctrlC = KeyPress.Ctrl('c');

    /// <summary>Their bindings.</summary>
    public static IReadOnlyList<Binding> Bindings(ScreenContext work)
    {
        var (screens, current) = (work.Navigator, work.Navigator.Current);
        return
        [
            new(KeyPress.F1, "help", () => Toggle(screens, () => new HelpScreen(current, Bindings(work), screens))),
            new(KeyPress.F4, "log", () => Toggle(screens, () => new LogScreen(work, current.Step))),
            new(KeyPress.F10, "leave", Leave),
            new(_ctrlC, "leave", Leave) { Bar = BarPlace.Help },
            new(KeyPress.Ctrl('l'), "draw the screen again", work.Redraw) { Bar = BarPlace.Help },
        ];

        void Leave() => Toggle(screens, () => new LeaveScreen(work));
    }

    /// <summary>Whether a key leaves the program. Such a key works even if the terminal is too small.</summary>
    public static bool Leaves(KeyPress key) => key == KeyPress.F10 || key == _ctrlC;

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
