using Terminal.Gui.Drawing;

namespace ErpInstaller.Terminal;

/// <summary>Colours and style of a cell as they are sent, after reduction to what the terminal has.</summary>
/// <param name="Foreground">A colour code: see <see cref="ColorReduction"/>.</param>
/// <param name="Background">A colour code.</param>
/// <param name="Style">Bold, underline and so on.</param>
internal readonly record struct CellStyle(int Foreground, int Background, TextStyle Style)
{
    /// <summary>The terminal's own colours, which the operator chose.</summary>
    public static CellStyle Default { get; } = new(ColorReduction.Own, ColorReduction.Own, TextStyle.None);

    /// <summary>
    /// The same as a blank shows it: without what only ink would show, so that two blanks that look the same are the same.
    /// </summary>
    public CellStyle OfBlank
    {
        get
        {
            var visible = Style & (TextStyle.Underline | TextStyle.Reverse | TextStyle.Strikethrough);
            return new(visible == TextStyle.None ? ColorReduction.Any : Foreground, Background, visible);
        }
    }

    /// <summary>A blank of this style is what erasing leaves, on every terminal.</summary>
    public bool IsErased => Background == ColorReduction.Own && Style == TextStyle.None;
}
