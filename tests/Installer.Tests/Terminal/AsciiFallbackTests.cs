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
    public void Without_UTF8_a_similar_ASCII_character_is_shown(string text, string shown) =>
        Assert.Equal(shown, AsciiFallback.For(text));
}
