namespace ErpInstaller.Terminal;

/// <summary>One cell of a frame.</summary>
/// <param name="Text">One grapheme; empty in the second column of a wide one.</param>
/// <param name="Style">Its style.</param>
internal readonly record struct FrameCell(string Text, CellStyle Style)
{
    /// <summary>An erased cell.</summary>
    public static FrameCell Blank { get; } = new(" ", CellStyle.Default.OfBlank);
}
