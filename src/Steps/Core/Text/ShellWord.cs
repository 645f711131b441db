namespace ErpInstaller.Core.Text;

/// <summary>Paths and names as words of a command that the operator is told to type.</summary>
public static class ShellWord
{
    private const string Plain = "_@%+=:,./-";

    /// <summary>The text as one word of a POSIX shell: as it is where it is plain, else in single quotes.</summary>
    public static string Of(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || Plain.Contains(c))
            ? text
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
