using System.Text;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Answers.Rules;

/// <summary>Reads the text of an answer file. The path may also lead to a pipe, a device or nothing.</summary>
internal static class AnswersText
{
    private const int LargestBytes = 1024 * 1024;
    private const string StartFromSample =
        "Give the path of an answer file; the sample installer.toml explains every key.";

    /// <summary>The file's text, without a byte order mark.</summary>
    /// <exception cref="InstallerException">The text cannot be read.</exception>
    public static string Load(string path) => Of(path, LoadBytes(path));

    /// <summary>The text of bytes, without a byte order mark.</summary>
    /// <exception cref="InstallerException">They are not UTF-8 text.</exception>
    internal static string Of(string path, byte[] bytes)
    {
        if (ForeignEncoding.Of(bytes) is { } foreign)
        {
            throw new InstallerException(
                ErrorCode.AnswersUnreadable,
                $"{path}: the file is {foreign.Is}, not UTF-8 text",
                foreign.HintFor(path)
            );
        }

        var text = Decode(path, bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(3) : bytes);
        return string.IsNullOrWhiteSpace(text)
            ? throw new InstallerException(ErrorCode.AnswersUnreadable, $"{path}: the file is empty", StartFromSample)
            : text;
    }

    private static byte[] LoadBytes(string path)
    {
        if (path.Length == 0)
        {
            throw new InstallerException(
                ErrorCode.AnswersUnreadable,
                "The path of the answer file is empty",
                StartFromSample
            );
        }

        try
        {
            if (Directory.Exists(path))
            {
                throw new InstallerException(
                    ErrorCode.AnswersUnreadable,
                    $"{path}: this is a directory",
                    StartFromSample
                );
            }

            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = ReadUpTo(stream, LargestBytes + 1);
            return bytes.Length <= LargestBytes
                ? bytes
                : throw new InstallerException(
                    ErrorCode.AnswersUnreadable,
                    $"{path}: the file is larger than 1 MiB, the limit for an answer file",
                    StartFromSample
                );
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InstallerException(
                ErrorCode.AnswersUnreadable,
                $"{path}: there is no such file",
                StartFromSample,
                e
            );
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InstallerException(
                ErrorCode.AnswersUnreadable,
                $"{path}: permission denied",
                $"Check its permissions: ls -l {ShellWord.Of(path)}",
                e
            );
        }
        catch (IOException e)
        {
            throw new InstallerException(
                ErrorCode.AnswersUnreadable,
                $"{path}: cannot be read: {e.Message}",
                $"Check the file: ls -l {ShellWord.Of(path)}",
                e
            );
        }
    }

    // A pipe has no length: the limit is checked while it is read.
    private static byte[] ReadUpTo(Stream stream, int most)
    {
        var buffer = new byte[Math.Min(most, 64 * 1024)];
        var length = 0;
        for (var read = 1; read > 0 && length < most; length += read)
        {
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(most, buffer.Length * 4));
            }

            read = stream.Read(buffer, length, buffer.Length - length);
        }

        return buffer[..length];
    }

    private static string Decode(string path, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            var before = Encoding.Latin1.GetString(bytes[..Math.Max(e.Index, 0)]);
            var line = before.AsSpan().Count('\n') + 1;
            var column = Encoding.UTF8.GetCharCount(bytes[(before.LastIndexOf('\n') + 1)..before.Length]) + 1;
            throw new InstallerException(
                ErrorCode.AnswersUnreadable,
                $"{path}:{line}:{column}: the file is not UTF-8: byte 0x{e.BytesUnknown?[0]:X2}",
                $"{ForeignEncoding.SingleBytes.HintFor(path)} (with its own encoding, if it is another)",
                e
            );
        }
    }
}
