using ErpInstaller.Terminal;

namespace ErpInstaller.Screens.Widgets;

/// <summary>A text that scrolls if the screen has no room for all of it.</summary>
internal sealed class ScrolledText
{
    // Its items are the lines that can be the topmost one.
    private readonly ListCursor _top = new();

    /// <summary>The topmost visible line.</summary>
    public int Top => _top.At;

    /// <summary>The number of lines below the visible ones.</summary>
    public int Below => _top.Count - 1 - _top.At;

    /// <summary>The visible lines.</summary>
    public IReadOnlyList<Line> Draw(IReadOnlyList<Line> lines, int height)
    {
        _top.Count = Math.Max(1, lines.Count - height + 1);
        _top.PageBy(height - 1);
        return [.. lines.Skip(Top).Take(height)];
    }

    /// <summary>Scrolls to a line.</summary>
    public void Go(int line) => _top.Go(line);

    /// <summary>The keys that scroll.</summary>
    public IEnumerable<Binding> Bindings(BarPlace arrows = BarPlace.Start) => _top.Bindings("scroll", arrows);
}
