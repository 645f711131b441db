using System.Text.Json;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Core.Toml;

/// <summary>A file of the state directory cannot be read. It is never overwritten.</summary>
internal static class FileUnreadable
{
    /// <summary>It is not valid TOML of the installer; a copy is kept beside it as <c>.bak</c>.</summary>
    public static InstallerException Toml(string path, TomlUnreadable cause) =>
        Toml(path, $"{path}:{cause.Fault.Place}: the file cannot be read: {cause.Fault.What}", cause);

    /// <summary>It has this problem; a copy is kept beside it as <c>.bak</c>.</summary>
    public static InstallerException Toml(FileProblem problem) =>
        Toml(
            problem.File,
            $"{problem.File}:{problem.Line}:{problem.Column}: the file cannot be read: "
                + $"{(problem.Key.Length == 0 ? "" : problem.Key + ": ")}{problem.Problem}"
        );

    /// <summary>It is not valid JSON of a rehearsal.</summary>
    public static InstallerException Json(string path, JsonException cause) =>
        Of(
            $"{path}:{(cause.LineNumber ?? 0) + 1}:{(cause.BytePositionInLine ?? 0) + 1}: the file cannot be read: "
                + "it is incomplete or not JSON",
            $"It holds the state of the rehearsal. Remove it to start again: rm {ShellWord.Of(path)}",
            cause
        );

    /// <summary>It is empty, for example after a full disk. The installer never writes an empty file.</summary>
    public static InstallerException Empty(string path) =>
        Of(
            $"{path}: the file is empty",
            $"Remove it so that every step checks again what is in place: rm {ShellWord.Of(path)}"
        );

    /// <summary>A newer installer wrote it.</summary>
    public static InstallerException Newer(string path, int found, int known) =>
        Of(
            $"{path}: it has schema {found}, and this installer supports {known}",
            "Use the newer installer that wrote it."
        );

    private static InstallerException Toml(string path, string message, Exception? cause = null) =>
        Of(
            message,
            $"Correct it, or remove it so that every step checks again what is in place: rm {ShellWord.Of(path)} "
                + $"({Copy(path)})",
            cause
        );

    private static InstallerException Of(string message, string hint, Exception? cause = null) =>
        new(ErrorCode.FileUnreadable, message, hint, cause);

    // A command that only reads may lack the permission to write. The file itself stays even if the copy fails.
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
