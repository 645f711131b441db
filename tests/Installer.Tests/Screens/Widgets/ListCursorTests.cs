using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Tests.Screens.Widgets;

public class ListCursorTests
{
    [Theory]
    [InlineData(0, 14, 14, "")]
    [InlineData(0, 14, 20, "")]
    [InlineData(0, 14, 10, "  4 more below")]
    [InlineData(4, 14, 10, "  4 more above")]
    [InlineData(1, 14, 10, "  1 more above, 3 below")]
    public void Hidden_rows_are_counted(int first, int count, int height, string expected) =>
        Assert.Equal(expected, ListCursor.Rest(first, count, height).ToString());

    [Fact]
    public void The_list_scrolls_only_when_the_mark_leaves_the_visible_rows()
    {
        var list = new Shown(20, height: 5);

        Assert.Equal("0 1 2 3 4*", list.Press([.. Enumerable.Repeat(KeyPress.CursorDown, 4)]));
        Assert.Equal("1 2 3 4 5*", list.Press(KeyPress.CursorDown));
        Assert.Equal("1* 2 3 4 5", list.Press([.. Enumerable.Repeat(KeyPress.CursorUp, 4)]));
        Assert.Equal("0* 1 2 3 4", list.Press(KeyPress.CursorUp));
    }

    [Fact]
    public void A_page_keeps_one_row_visible_and_the_mark_stops_at_both_ends()
    {
        var list = new Shown(9, height: 5);

        Assert.Equal("0 1 2 3 4*", list.Press(KeyPress.PageDown));
        Assert.Equal("4 5 6 7 8*", list.Press(KeyPress.PageDown, KeyPress.PageDown));
        Assert.Equal("0* 1 2 3 4", list.Press(KeyPress.PageUp, KeyPress.PageUp, KeyPress.PageUp));
        Assert.Equal("4 5 6 7 8*", list.Press(KeyPress.End));
        Assert.Equal("0* 1 2 3 4", list.Press(KeyPress.Home));
    }

    [Fact]
    public void The_mark_stays_within_a_list_that_becomes_shorter()
    {
        var list = new Shown(9, height: 5);
        list.Press(KeyPress.End);

        list.Count = 3;

        Assert.Equal("0 1 2*", list.Press());
        list.Count = 0;
        Assert.Equal("", list.Press(KeyPress.CursorDown, KeyPress.End));
    }

    /// <summary>A list of numbers. The marked one has a star.</summary>
    private sealed class Shown(int count, int height)
    {
        private readonly ListCursor _cursor = new() { Count = count };

        public int Count
        {
            set => _cursor.Count = value;
        }

        public string Press(params KeyPress[] keys)
        {
            See();
            foreach (var key in keys)
            {
                Binding.Take(_cursor.Bindings("move", BarPlace.Start), key);
                See();
            }

            return See();
        }

        private string See() =>
            string.Join(
                ' ',
                _cursor.See(
                    [.. Enumerable.Range(0, _cursor.Count).Select(n => n == _cursor.At ? $"{n}*" : $"{n}")],
                    height
                )
            );
    }
}
