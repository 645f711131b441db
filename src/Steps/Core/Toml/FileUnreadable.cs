using System.Text.Json;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using Tomlyn;

namespace ErpInstaller.Core.Toml;

/// <summary>A file of the state directory cannot be understood. It is never overwritten.</summary>
public sealed class FileUnreadable : InstallerException
{
    private FileUnreadable(string message, string hint, Exception? cause = null)
        : base(message, hint, ExitCode.Usage, cause) { }

    /// <summary>It is not the TOML that the installer wrote; a copy is kept beside it as <c>.bak</c>.</summary>
    public static FileUnreadable Toml(string path, TomlException cause)
    {
        var fault = TomlFault.Of(cause);
        return new FileUnreadable(
            $"{path}:{fault.Place}: the file cannot be read: {fault.What}",
            $"Mend it, or remove it to let every step look at what is there: rm {ShellWord.Of(path)} ({Copy(path)})",
            cause
        );
    }

    /// <summary>It is not the JSON that a rehearsal wrote.</summary>
    public static FileUnreadable Json(string path, JsonException cause) =>
        new(
            $"{path}:{(cause.LineNumber ?? 0) + 1}:{(cause.BytePositionInLine ?? 0) + 1}: the file cannot be read: it is cut off, or no JSON",
            $"The rehearsal remembers in it what it played; remove it to begin anew: rm {ShellWord.Of(path)}",
            cause
        );

    /// <summary>Nothing is in it, as after a full disk: nothing that this installer would have written.</summary>
    public static FileUnreadable Empty(string path) =>
        new(
            $"{path}: nothing is in the file",
            $"Remove it to let every step look at what is there: rm {ShellWord.Of(path)}"
        );

    /// <summary>A newer installer wrote it.</summary>
    public static FileUnreadable Newer(string path, int found, int known) =>
        new($"{path}: it has schema {found}, this installer knows {known}", "Use the newer installer that wrote it.");

    // Who only looks may not be allowed to write there: the file itself stays, whatever becomes of the copy.
    private static string Copy(string path)
    {
        var copy = path + ".bak";
        try
        {
            File.Copy(path, copy, overwrite: true);
            return $"a copy is kept as {copy}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "no copy of it could be made";
        }
    }
}
