using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Core.Files;

/// <summary>The state directory or a file in it cannot be created, read or written.</summary>
public sealed class StateDirectoryUnusable : InstallerException
{
    // ENOSPC and EDQUOT, as .NET reports them.
    private const int NoSpace = 28;
    private const int QuotaUsed = 122;

    /// <param name="message">The path and the reason.</param>
    /// <param name="cause">Decides the hint: a full disk needs another remedy than a missing permission.</param>
    public StateDirectoryUnusable(string message, Exception? cause = null)
        : base(ErrorCode.StateDirectoryUnusable, message, Hinting(cause), cause)
    {
        if (IsFull(cause))
        {
            ExitCode = ExitCode.StepFailed;
        }
    }

    private StateDirectoryUnusable(string message, string hint)
        : base(ErrorCode.StateDirectoryUnusable, message, hint) { }

    /// <summary>Whether the file system or the quota is full.</summary>
    public static bool IsFull(Exception? cause) => cause is IOException { HResult: NoSpace or QuotaUsed };

    /// <summary>The operator gave a path where no directory is.</summary>
    public static StateDirectoryUnusable Missing(string path) =>
        new(
            $"{path}: there is no such directory",
            "Give the directory of an installation: erp-installer status --state-dir DIR"
        );

    /// <summary>Other users can write there and could mislead a run of root.</summary>
    internal static StateDirectoryUnusable Shared(string path) =>
        new(
            $"{path}: other users can write in this directory, which is not safe for the state",
            $"Use a separate directory with mode 0700: --state-dir {ShellWord.Of(Path.Combine(path, "erp-installer"))}"
        );

    /// <summary>Runs an access to a file and translates its failure.</summary>
    /// <exception cref="StateDirectoryUnusable">The access failed.</exception>
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
            ? "Free disk space (df -h shows the full file system), then run the same command again: it resumes here."
            : "Run as root or as the directory's owner, or choose a writable directory: --state-dir DIR";
}
