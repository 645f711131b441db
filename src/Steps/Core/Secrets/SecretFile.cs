using ErpInstaller.Core.Text;

namespace ErpInstaller.Core.Secrets;

/// <summary>A file that holds one secret.</summary>
internal static class SecretFile
{
    private const UnixFileMode ForOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Whether only its owner can read and write it.</summary>
    public static bool IsPrivate(string path) => (File.GetUnixFileMode(path) & ForOthers) == 0;

    /// <summary>The secret: the file's text without the line feed at its end.</summary>
    /// <param name="key">The answers' key, for the error.</param>
    /// <exception cref="SecretUnavailable">The file is missing, unreadable, or open to others.</exception>
    public static string Read(string path, string key)
    {
        if (!File.Exists(path))
        {
            throw new SecretUnavailable(
                $"{key}: there is no file {path}",
                $"install -m 600 /dev/stdin {ShellWord.Of(path)}"
            );
        }

        if (!IsPrivate(path))
        {
            throw new SecretUnavailable(
                $"{key}: others can read or write the file {path}",
                $"chmod 600 {ShellWord.Of(path)}"
            );
        }

        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SecretUnavailable(
                $"{key}: the file {path} cannot be read: {e.Message}",
                $"Check its owner: ls -l {ShellWord.Of(path)}"
            );
        }
    }
}
