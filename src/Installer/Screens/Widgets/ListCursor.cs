using ErpInstaller.Terminal;

namespace ErpInstaller.Screens.Widgets;

/// <summary>The marked item of a list, and the part of the list that is visible.</summary>
internal sealed class ListCursor
{
    private int _page = 1;

    /// <summary>The marked item, from 0.</summary>
    public int At { get; private set; }

    /// <summary>The first visible line, from 0.</summary>
    public int First { get; private set; }

    /// <summary>The number of items. The mark stays within them.</summary>
    public int Count
    {
        get;
        set
        {
            field = value;
            Go(At);
        }
    }

    /// <summary>Marks an item, or the nearest one that exists.</summary>
    public void Go(int item) => At = Math.Clamp(item, 0, Math.Max(0, Count - 1));

    /// <summary>Moves the mark down, or up if the step is negative.</summary>
    public void Move(int step) => Go(At + step);

    /// <summary>Sets the number of items in a page.</summary>
    public void PageBy(int items) => _page = Math.Max(1, items);

    /// <summary>The visible lines of a list with one line per item.</summary>
    public IEnumerable<T> See<T>(IReadOnlyList<T> lines, int height)
    {
        PageBy(height - 1);
        return See(lines, At, height);
    }

    /// <summary>The visible lines of a list whose items may take several lines.</summary>
    /// <param name="lines">All lines of the list.</param>
    /// <param name="marked">The line that must be visible. The list scrolls no further than necessary.</param>
    /// <param name="height">The number of lines that fit.</param>
    public IEnumerable<T> See<T>(IReadOnlyList<T> lines, int marked, int height)
    {
        var last = Math.Max(0, lines.Count - height);
        First = Math.Clamp(Math.Clamp(First, marked - height + 1, Math.Max(marked, 0)), 0, last);
        return lines.Skip(First).Take(height);
    }

    /// <summary>
    /// The keys that move the mark. They work while there is more than one item; the bar shows only the arrows.
    /// </summary>
    public IEnumerable<Binding> Bindings(string label, BarPlace arrows) =>
        [
            new("arrows", label, (KeyPress.CursorDown, () => Move(1)), (KeyPress.CursorUp, () => Move(-1)))
            {
                When = Count > 1,
                Bar = arrows,
            },
            new(
                "PgUp/PgDn",
                $"{label} by a page",
                (KeyPress.PageDown, () => Move(_page)),
                (KeyPress.PageUp, () => Move(-_page))
            )
            {
                When = Count > 1,
                Bar = BarPlace.Help,
            },
            new(
                "Home/End",
                $"{label} to the start or the end",
                (KeyPress.Home, () => Go(0)),
                (KeyPress.End, () => Go(Count - 1))
            )
            {
                When = Count > 1,
                Bar = BarPlace.Help,
            },
        ];

    /// <summary>The line below a list with the number of hidden lines; blank if there are none.</summary>
    public static Line Rest(int first, int count, int height) =>
        (first, Math.Max(0, count - height - first)) switch
        {
            (<= 0, 0) => Line.Empty,
            (<= 0, var below) => new Line($"  {below} more below", Tone.Quiet),
            (var above, 0) => new Line($"  {above} more above", Tone.Quiet),
            var (above, below) => new Line($"  {above} more above, {below} below", Tone.Quiet),
        };
}
