using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Core.Files;

/// <summary>The state directory or a file in it cannot be made, read or written.</summary>
public sealed class StateDirectoryUnusable : InstallerException
{
    // ENOSPC and EDQUOT, as .NET gives them on.
    private const int NoSpace = 28;
    private const int QuotaUsed = 122;

    /// <param name="message">What cannot be done, to what.</param>
    /// <param name="cause">Decides the hint: a full disk is mended otherwise than a missing permission.</param>
    public StateDirectoryUnusable(string message, Exception? cause = null)
        : base(message, Hinting(cause), IsFull(cause) ? ExitCode.StepFailed : ExitCode.Usage, cause) { }

    private StateDirectoryUnusable(string message, string hint)
        : base(message, hint, ExitCode.Usage) { }

    /// <summary>No room is left on the file system.</summary>
    public static bool IsFull(Exception? cause) => cause is IOException { HResult: NoSpace or QuotaUsed };

    /// <summary>Others can put files there, and so could lead a run of root's astray.</summary>
    internal static StateDirectoryUnusable Shared(string path) =>
        new(
            $"{path}: others can write in this directory, and state must be safe from them",
            $"Give it a directory of its own, mode 0700: --state-dir {ShellWord.Of(Path.Combine(path, "erp-installer"))}"
        );

    /// <summary>Does something with a file of the directory.</summary>
    /// <exception cref="StateDirectoryUnusable">The file does not allow it.</exception>
    internal static T Trying<T>(string path, Func<T> access)
    {
        try
        {
            return access();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateDirectoryUnusable($"{path}: {e.Message}", e);
        }
    }

    private static string Hinting(Exception? cause) =>
        IsFull(cause)
            ? "Make room (df -h shows where none is left), and run the same command again: it goes on here."
            : "Run as root or as the directory's owner, or give a directory you can write: --state-dir DIR";
}
