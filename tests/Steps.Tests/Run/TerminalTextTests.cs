using ErpInstaller.Core.Text;

namespace ErpInstaller.Tests.Run;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("plain text – ünïcödé", "plain text – ünïcödé")]
    [InlineData("\e[31mred\e[0m", "red")]
    [InlineData("\e[?1003hmouse", "mouse")]
    [InlineData("\e]0;title\aafter", "after")]
    [InlineData("\e]8;;http://x\e\\link\e]8;;\e\\", "link")]
    [InlineData("\eP1$r0m\e\\after", "after")]
    [InlineData("\e]0;never ended", "")]
    [InlineData("\ecreset", "reset")]
    [InlineData("\u009b31mred", "red")]
    [InlineData("10 %\r20 %\r100 %", "100 %")]
    [InlineData("windows line\r\nnext", "windows line\nnext")]
    [InlineData("a\tb", "a b")]
    [InlineData("bell\a back\b", "bell back")]
    [InlineData("\u202egnp.exe", "gnp.exe")]
    [InlineData("a\u061cb\u200fc", "abc")]
    [InlineData("\e", "")]
    public void Control_sequences_are_removed(string text, string expected) =>
        Assert.Equal(expected, TerminalText.Clean(text));
}
