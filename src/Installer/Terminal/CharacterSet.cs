namespace ErpInstaller.Terminal;

/// <summary>The characters that a terminal can show.</summary>
internal enum CharacterSet
{
    /// <summary>ASCII only: the locale is not UTF-8, or <c>--ascii</c> asks for it.</summary>
    Ascii,

    /// <summary>Those of the Linux console's fonts: ASCII, Latin-1, lines and blocks.</summary>
    Console,

    /// <summary>All.</summary>
    Unicode,
}

/// <summary>What is sent for a grapheme.</summary>
internal static class ShownCharacter
{
    // In the kernel's own font (drivers/tty/vt/cp437.uni) and in all fonts of Debian's console-setup with Latin letters
    // (Lat15, Lat2, Lat7, Uni1, Uni2 and others).
    private const string LinesAndBlocks = "─│┌┐└┘├┤┬┴┼═║█▒░";

    /// <summary>The grapheme, or a part of it or another character that the terminal can show.</summary>
    public static string Of(string grapheme, CharacterSet set) =>
        grapheme is [< '\x7f'] ? grapheme
        : set == CharacterSet.Unicode ? SafeGrapheme.Of(grapheme)
        : set == CharacterSet.Console && IsInConsoleFonts(grapheme) ? grapheme
        : AsciiFallback.For(grapheme);

    // The letters are those of Lat15 and Uni1 to Uni3, which Debian and Ubuntu load for languages of western Europe.
    private static bool IsInConsoleFonts(string grapheme) =>
        grapheme is [>= 'À' and <= 'ÿ' or '·'] || (grapheme.Length == 1 && LinesAndBlocks.Contains(grapheme[0]));
}
