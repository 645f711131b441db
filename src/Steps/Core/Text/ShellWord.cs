namespace ErpInstaller.Core.Text;

/// <summary>Quotes paths and names in a command that a hint shows.</summary>
public static class ShellWord
{
    private const string Plain = "_@%+=:,./-";

    /// <summary>The text as one word of a POSIX shell, in single quotes if it needs them.</summary>
    public static string Of(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || Plain.Contains(c))
            ? text
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
