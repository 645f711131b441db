using ErpInstaller.Terminal;

namespace ErpInstaller.Tests.Terminal;

public class SafeGraphemeTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("漢", "漢")]
    [InlineData("🚀", "🚀")]
    [InlineData("e\u0323\u0302", "e\u0323\u0302")]
    [InlineData("\u26a0\ufe0f", "\u26a0")]
    [InlineData("1\ufe0f\u20e3", "1")]
    [InlineData("👍🏽", "👍")]
    [InlineData("👨\u200d👩\u200d👧", "👨")]
    [InlineData("🇩🇪", "?")]
    [InlineData("\u00ad", "?")]
    [InlineData("\u200b", "?")]
    public void Characters_of_uncertain_width_are_left_out(string character, string agreed) =>
        Assert.Equal(agreed, SafeGrapheme.Of(character));
}
