using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ErpInstaller.Outside.Nomad;

/// <summary>
/// How the end of a command in a container is known. Nomad's docker driver asks ten times a second whether the command
/// runs, and drops the output that it has not read when the answer is no (drivers/docker/driver.go,
/// ExecTaskStreaming). So a shell runs the command, writes a mark with the exit code behind its output, and stays until
/// it is let go: whoever reads the mark has read all.
/// </summary>
internal sealed class NomadExecEnd(NomadCommand command)
{
    private const byte Separator = 0x1e;

    // ^C and ^\ are for the command alone.
    private const string Begin = "trap : INT QUIT; end() { printf '\\036%s %d %d\\036' \"$0\" $$ $code; }; ";

    // The end of its input lets it go.
    private const string WithoutInput = Begin + "\"$@\" </dev/null; code=$?; end; end >&2; read -r _; exit $code";

    // Its input has ended, so SIGHUP lets it go.
    private const string WithInput =
        Begin
        + "\"$@\"; code=$?; sleep 3600 </dev/null >/dev/null 2>&1 & trap \"kill $!; exit $code\" HUP; "
        + "end; end >&2; wait; exit $code";

    // The word of the mark lets it go, behind all that was typed for the command.
    private const string OnTerminal =
        Begin
        + "\"$@\"; code=$?; stty sane 2>/dev/null; end; "
        + "while read -r line && [ \"$line\" != \"$0\" ]; do :; done; exit $code";

    private static readonly string[] Scripts = [WithoutInput, WithInput, OnTerminal];

    private readonly string _word = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The command as Nomad is told to run it.</summary>
    public IReadOnlyList<string> Words =>
        [
            "sh",
            "-c",
            command.HasTerminal ? OnTerminal
            : command.TakesInput ? WithInput
            : WithoutInput,
            _word,
            .. command.Command,
        ];

    /// <summary>What lets a command on a terminal go when it is typed.</summary>
    public byte[] Typed => Encoding.ASCII.GetBytes($"\n{_word}\n");

    /// <summary>Finds the mark in one of its streams.</summary>
    public NomadMarkedStream NewStream() => new([Separator, .. Encoding.ASCII.GetBytes(_word + " ")], Separator);

    /// <summary>The mark, as the shell writes it.</summary>
    public static byte[] MarkOf(string word, int process, int exitCode) =>
        [
            Separator,
            .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{word} {process} {exitCode}")),
            Separator,
        ];

    /// <summary>The command itself and the word of its mark; null: no mark is wanted.</summary>
    public static (IReadOnlyList<string> Command, string? Word) Unwrap(IReadOnlyList<string> words) =>
        words.Count > 3 && Scripts.Contains(words[2]) ? ([.. words.Skip(4)], words[3]) : (words, null);
}

/// <summary>What a shell says at the end of a command.</summary>
/// <param name="Process">Its own number in the container.</param>
/// <param name="ExitCode">The command's.</param>
internal sealed record NomadMark(int Process, int ExitCode);

/// <summary>One stream of a command, in which the mark of its end is found and left out.</summary>
/// <param name="mark">How the mark begins.</param>
/// <param name="separator">Its first byte, which it has once more, as its last one.</param>
internal sealed class NomadMarkedStream(byte[] mark, byte separator)
{
    private byte[] _held = [];

    /// <summary>The mark; null: it has not come yet.</summary>
    public NomadMark? Mark { get; private set; }

    /// <summary>What has been held back, because it could have become the mark. Nothing more comes.</summary>
    public ReadOnlyMemory<byte> Rest => _held;

    /// <summary>Takes a piece of the stream.</summary>
    /// <returns>What the command wrote, as far as that is known.</returns>
    public ReadOnlyMemory<byte> Add(byte[] bytes)
    {
        if (Mark is not null)
        {
            return default;
        }

        var all = _held.Length == 0 ? bytes : [.. _held, .. bytes];
        var begin = BeginOf(all);
        _held = all[begin..];
        if (_held.Length > mark.Length && _held.AsSpan(1).IndexOf(separator) is > 0 and var length)
        {
            Mark = Read(_held.AsSpan(mark.Length, length + 1 - mark.Length));
            _held = [];
        }

        return all.AsMemory(0, begin);
    }

    // Where the mark begins, or something that may become it.
    private int BeginOf(byte[] bytes)
    {
        var whole = bytes.AsSpan().IndexOf(mark);
        if (whole >= 0)
        {
            return whole;
        }

        var last = bytes.AsSpan().LastIndexOf(separator);
        return last >= 0 && mark.AsSpan().StartsWith(bytes.AsSpan(last)) ? last : bytes.Length;
    }

    private static NomadMark? Read(ReadOnlySpan<byte> numbers)
    {
        var words = Encoding.ASCII.GetString(numbers).Split(' ');
        return
            words.Length == 2
            && int.TryParse(words[0], CultureInfo.InvariantCulture, out var process)
            && int.TryParse(words[1], CultureInfo.InvariantCulture, out var exitCode)
            ? new NomadMark(process, exitCode)
            : null;
    }
}
