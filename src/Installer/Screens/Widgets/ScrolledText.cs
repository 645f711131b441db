using ErpInstaller.Terminal;

namespace ErpInstaller.Screens.Widgets;

/// <summary>Lines that are only read: arrows, Page Up and Down, Home and End move them.</summary>
internal sealed class ScrolledText
{
    private int _first;
    private int _height = 1;

    /// <summary>Those of the lines that are seen now.</summary>
    public IReadOnlyList<Line> Draw(IReadOnlyList<Line> lines, int height)
    {
        _height = height;
        _first = Math.Clamp(_first, 0, Math.Max(0, lines.Count - height));
        return [.. lines.Skip(_first).Take(height)];
    }

    /// <summary>Takes a key.</summary>
    /// <returns>It meant something.</returns>
    public bool OnKey(KeyPress key)
    {
        int? step = key switch
        {
            _ when key == KeyPress.CursorDown => 1,
            _ when key == KeyPress.CursorUp => -1,
            _ when key == KeyPress.PageDown => _height - 1,
            _ when key == KeyPress.PageUp => 1 - _height,
            _ when key == KeyPress.Home => -_first,
            _ when key == KeyPress.End => int.MaxValue - _first,
            _ => null,
        };
        _first += step ?? 0;
        return step is not null;
    }
}
