using Tomlyn;

namespace ErpInstaller.Engine;

/// <summary>A file of the state directory cannot be understood. It is never overwritten.</summary>
public sealed class FileUnreadable : InstallerException
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
        var place = cause.Line is { } line && cause.Column is { } column ? $"{path}:{line}:{column}" : path;
        var what = cause.Message.Split('\n')[0].Trim();
        return new FileUnreadable(
            $"{place}: the file cannot be read: {what}",
            $"Mend it, or remove it to let every step look at what is there: rm {path} (a copy is kept as {copy})",
            cause);
    }

    /// <summary>It is empty, as after a full disk: nothing that this installer would have written.</summary>
    public static FileUnreadable Empty(string path) =>
        new($"{path}: the file is empty", $"Remove it to let every step look at what is there: rm {path}");

    /// <summary>A newer installer wrote it.</summary>
    public static FileUnreadable Newer(string path, int found, int known) =>
        new($"{path}: it has schema {found}, this installer knows {known}", "Use the newer installer that wrote it.");
}
