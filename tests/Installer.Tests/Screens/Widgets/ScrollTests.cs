using ErpInstaller.Screens.Widgets;

namespace ErpInstaller.Tests.Screens.Widgets;

public class ScrollTests
{
    [Theory]
    [InlineData(0, 14, 14, "")]
    [InlineData(0, 14, 20, "")]
    [InlineData(0, 14, 10, "  4 more below")]
    [InlineData(4, 14, 10, "  4 more above")]
    [InlineData(1, 14, 10, "  1 more above, 3 below")]
    public void Hidden_rows_are_counted(int first, int count, int height, string expected) =>
        Assert.Equal(expected, Scroll.Rest(first, count, height).ToString());
}
