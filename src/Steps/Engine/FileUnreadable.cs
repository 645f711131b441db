using System.Text.RegularExpressions;
using Tomlyn;

namespace ErpInstaller.Engine;

/// <summary>A file of the state directory cannot be understood. It is never overwritten.</summary>
public sealed partial class FileUnreadable : InstallerException
{
    private FileUnreadable(string message, string hint, Exception? cause = null)
        : base(message, hint, ExitCode.Usage, cause)
    {
    }

    /// <summary>It is not the TOML that the installer wrote; a copy is kept beside it as <c>.bak</c>.</summary>
    public static FileUnreadable Toml(string path, TomlException cause)
    {
        var copy = path + ".bak";
        File.Copy(path, copy, overwrite: true);
        var (place, what) = Innermost(cause);
        return new FileUnreadable(
            $"{path}:{place}: the file cannot be read: {what}",
            $"Mend it, or remove it to let every step look at what is there: rm {path} (a copy is kept as {copy})",
            cause);
    }

    // Tomlyn wraps a mistake of syntax into one of conversion: "(1,10) : error : … Reason: (2,13) : error : Expected `]`".
    private static (string Place, string What) Innermost(TomlException cause)
    {
        var found = TomlError().Matches(cause.Message);
        return found.Count == 0
            ? ($"{cause.Line ?? 1}:{cause.Column ?? 1}", cause.Message.Split('\n')[0].Trim())
            : ($"{found[^1].Groups[1].Value}:{found[^1].Groups[2].Value}", found[^1].Groups[3].Value.Trim());
    }

    [GeneratedRegex(@"\((\d+),(\d+)\) : error : ((?:(?!\(\d+,\d+\) : error).)*)")]
    private static partial Regex TomlError();

    /// <summary>It is empty, as after a full disk: nothing that this installer would have written.</summary>
    public static FileUnreadable Empty(string path) =>
        new($"{path}: the file is empty", $"Remove it to let every step look at what is there: rm {path}");

    /// <summary>A newer installer wrote it.</summary>
    public static FileUnreadable Newer(string path, int found, int known) =>
        new($"{path}: it has schema {found}, this installer knows {known}", "Use the newer installer that wrote it.");
}
