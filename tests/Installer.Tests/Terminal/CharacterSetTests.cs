using ErpInstaller.Terminal;

namespace ErpInstaller.Tests.Terminal;

public sealed class CharacterSetTests
{
    [Theory]
    [InlineData("linux", "en_US.UTF-8", "Console")]
    [InlineData("linux-16color", "C.UTF-8", "Console")]
    [InlineData("linux", "C", "Ascii")]
    [InlineData("xterm", "en_US.UTF-8", "Unicode")]
    [InlineData("putty-256color", "en_US.ISO-8859-1", "Ascii")]
    [InlineData("screen", "C.UTF-8", "Unicode")]
    public void Terminal_and_locale_decide_which_characters_are_sent(string term, string locale, string expected)
    {
        var environment = new Dictionary<string, string?> { ["TERM"] = term, ["LC_ALL"] = locale };

        Assert.Equal(expected, TerminalCapabilities.From(environment.GetValueOrDefault).Characters.ToString());
    }

    // The kernel's font and Lat15-Fixed16, Lat2-VGA16, Uni1-VGA16, Uni2-Terminus16 of console-setup have these.
    [Theory]
    [InlineData("│")]
    [InlineData("─")]
    [InlineData("┼")]
    [InlineData("█")]
    [InlineData("▒")]
    [InlineData("░")]
    [InlineData("·")]
    [InlineData("é")]
    public void The_Linux_console_gets_lines_blocks_and_letters_of_its_fonts(string character) =>
        Assert.Equal(character, ShownCharacter.Of(character, CharacterSet.Console));

    [Theory]
    [InlineData("✓", "+")]
    [InlineData("✗", "x")]
    [InlineData("▶", ">")]
    [InlineData("▸", ">")]
    [InlineData("›", ">")]
    [InlineData("…", "~")]
    [InlineData("•", "*")]
    [InlineData("→", ">")]
    [InlineData("–", "-")]
    [InlineData("╭", "+")]
    [InlineData("漢", "?")]
    public void The_Linux_console_gets_ASCII_for_what_its_fonts_lack(string character, string shown) =>
        Assert.Equal(shown, ShownCharacter.Of(character, CharacterSet.Console));

    [Fact]
    public void Every_symbol_of_the_screens_is_in_the_consoles_fonts()
    {
        var symbols = typeof(Glyphs)
            .GetProperties()
            .Where(p => p.PropertyType == typeof(string))
            .Select(p => (string)p.GetValue(Glyphs.Console)!);

        Assert.All(symbols.SelectMany(s => s).Select(c => c.ToString()), c =>
            Assert.Equal(c, ShownCharacter.Of(c, CharacterSet.Console))
        );
    }
}
