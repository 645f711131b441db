namespace ErpInstaller.Screens.Drawing;

/// <summary>Which part of a long list is seen.</summary>
internal static class Scroll
{
    /// <summary>The first line to show so that the selected one is seen, moving no more than needed.</summary>
    public static int Follow(int first, int selected, int count, int height)
    {
        var last = Math.Max(0, count - height);
        return Math.Clamp(Math.Clamp(first, selected - height + 1, Math.Max(selected, 0)), 0, last);
    }
}
