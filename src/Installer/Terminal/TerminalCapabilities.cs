namespace ErpInstaller.Terminal;

/// <summary>
/// The terminal's capabilities from the environment. The terminal itself is not queried, because a slow line would
/// delay that.
/// </summary>
internal sealed record TerminalCapabilities
{
    private static readonly string[] _locale = ["LC_ALL", "LC_CTYPE", "LANG"];

    /// <summary>The colours of the terminal.</summary>
    public required ColorDepth Colors { get; init; }

    /// <summary>The characters that it can show.</summary>
    public required CharacterSet Characters { get; init; }

    /// <summary>Whether the cursor can be positioned, which the full screen needs.</summary>
    public required bool Addressable { get; init; }

    /// <summary>
    /// Reads <c>TERM</c>, <c>COLORTERM</c>, <c>NO_COLOR</c> (no-color.org) and the locale's variables (POSIX: LC_ALL
    /// over LC_CTYPE over LANG).
    /// </summary>
    public static TerminalCapabilities From(Func<string, string?> environment)
    {
        var term = environment("TERM") ?? "";
        return new()
        {
            Addressable = term is not ("" or "dumb" or "unknown"),
            Colors = string.IsNullOrEmpty(environment("NO_COLOR"))
                ? Depth(term, environment("COLORTERM") ?? "")
                : ColorDepth.Monochrome,
            Characters =
                !IsUtf8(environment) ? CharacterSet.Ascii
                : term is "linux" || term.StartsWith("linux-", StringComparison.Ordinal) ? CharacterSet.Console
                : CharacterSet.Unicode,
        };
    }

    /// <summary>The capabilities of this process's terminal.</summary>
    /// <param name="ascii">Whether the operator asks for ASCII only, because the locale says more than the terminal
    /// can show.</param>
    public static TerminalCapabilities FromEnvironment(bool ascii = false)
    {
        var found = From(Environment.GetEnvironmentVariable);
        return ascii ? found with { Characters = CharacterSet.Ascii } : found;
    }

    private static bool IsUtf8(Func<string, string?> environment) =>
        _locale.Select(environment).FirstOrDefault(v => !string.IsNullOrEmpty(v)) is { } locale
        && locale.Replace("-", "", StringComparison.Ordinal).Contains("utf8", StringComparison.OrdinalIgnoreCase);

    private static ColorDepth Depth(string term, string colorTerm) =>
        (term, colorTerm) switch
        {
            ("" or "dumb" or "unknown", _) => ColorDepth.Monochrome,
            _ when term.EndsWith("-m", StringComparison.Ordinal) || term.EndsWith("-mono", StringComparison.Ordinal) =>
                ColorDepth.Monochrome,
            _ when term.StartsWith("vt", StringComparison.Ordinal) && term.Length > 2 && char.IsAsciiDigit(term[2]) =>
                ColorDepth.Monochrome,
            (_, "truecolor" or "24bit") => ColorDepth.TrueColor,
            _ when term.EndsWith("-direct", StringComparison.Ordinal) => ColorDepth.TrueColor,
            _ when term.Contains("256color", StringComparison.Ordinal) => ColorDepth.TwoHundredFiftySix,
            _ => ColorDepth.Sixteen,
        };
}
