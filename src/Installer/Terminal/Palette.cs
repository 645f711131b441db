using Terminal.Gui.Drawing;
using Attribute = Terminal.Gui.Drawing.Attribute;

namespace ErpInstaller.Terminal;

/// <summary>The look of each tone: the sixteen colours of every terminal, on its default background.</summary>
internal static class Palette
{
    private static Color Own => Color.None;

    /// <summary>Colours and style of a tone.</summary>
    public static Attribute Of(Tone tone) =>
        tone switch
        {
            Tone.Quiet => new Attribute(Own, Own, TextStyle.Faint),
            Tone.Strong => new Attribute(Own, Own, TextStyle.Bold),
            Tone.Accent => new Attribute(new Color(ColorName16.BrightCyan), Own, TextStyle.Bold),
            Tone.Good => new Attribute(ColorName16.Green, Own),
            Tone.Warning => new Attribute(new Color(ColorName16.Yellow), Own, TextStyle.Bold),
            Tone.Bad => new Attribute(new Color(ColorName16.BrightRed), Own, TextStyle.Bold),
            Tone.Selected => new Attribute(Own, Own, TextStyle.Reverse),
            Tone.Bar => new Attribute(Own, Own, TextStyle.Reverse),
            _ => new Attribute(Own, Own),
        };
}
