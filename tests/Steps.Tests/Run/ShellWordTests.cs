using ErpInstaller.Core.Text;

namespace ErpInstaller.Tests.Run;

/// <summary>In a command to copy, every path is one word for the shell, with any characters in it.</summary>
public sealed class ShellWordTests
{
    [Theory]
    [InlineData("/var/lib/erp-installer", "/var/lib/erp-installer")]
    [InlineData("/srv/my state", "'/srv/my state'")]
    [InlineData("it's; rm -rf $HOME", @"'it'\''s; rm -rf $HOME'")]
    [InlineData("~root", "'~root'")]
    [InlineData("", "''")]
    public void A_word_is_quoted_only_if_it_must_be(string text, string word) => Assert.Equal(word, ShellWord.Of(text));
}
