using Terminal.Gui.Drawing;

namespace ErpInstaller.Terminal;

/// <summary>Colours and style of a cell, reduced to those of the terminal.</summary>
/// <param name="Foreground">A colour code: see <see cref="ColorReduction"/>.</param>
/// <param name="Background">A colour code.</param>
/// <param name="Style">Bold, underline and so on.</param>
internal readonly record struct CellStyle(int Foreground, int Background, TextStyle Style)
{
    /// <summary>The terminal's default colours.</summary>
    public static CellStyle Default { get; } = new(ColorReduction.Own, ColorReduction.Own, TextStyle.None);

    /// <summary>
    /// The style of a blank: without attributes that only ink shows, so that blanks that look the same are equal.
    /// </summary>
    public CellStyle OfBlank
    {
        get
        {
            var visible = Style & (TextStyle.Underline | TextStyle.Reverse | TextStyle.Strikethrough);
            return new(visible == TextStyle.None ? ColorReduction.Any : Foreground, Background, visible);
        }
    }

    /// <summary>Whether erasing gives a blank of this style on every terminal.</summary>
    public bool IsErased => Background == ColorReduction.Own && Style == TextStyle.None;
}
