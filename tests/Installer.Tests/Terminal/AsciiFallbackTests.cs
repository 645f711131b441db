using ErpInstaller.Terminal;

namespace ErpInstaller.Tests.Terminal;

public class AsciiFallbackTests
{
    [Theory]
    [InlineData("é", "e")]
    [InlineData("À", "A")]
    [InlineData("ÿ", "y")]
    [InlineData("ß", "s")]
    [InlineData("e\u0301", "e")]
    [InlineData("│", "|")]
    [InlineData("✓", "+")]
    [InlineData("漢", "?")]
    [InlineData("🚀", "?")]
    public void Without_UTF8_a_character_is_shown_by_one_that_is_like_it(string text, string shown) =>
        Assert.Equal(shown, AsciiFallback.For(text));
}
