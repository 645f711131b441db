namespace ErpInstaller.Terminal;

/// <summary>One cell of a frame.</summary>
/// <param name="Text">One character as the reader sees it, with its combining marks; empty in the second column of a wide one.</param>
/// <param name="Style">How it looks.</param>
internal readonly record struct FrameCell(string Text, CellStyle Style)
{
    /// <summary>Erased.</summary>
    public static FrameCell Blank { get; } = new(" ", CellStyle.Default.OfBlank);
}
