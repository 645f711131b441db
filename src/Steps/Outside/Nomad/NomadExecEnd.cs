using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ErpInstaller.Outside.Nomad;

/// <summary>
/// How the end of a command in a container is known, and how it is ended from here. Nomad's docker driver asks ten
/// times a second whether the command runs, and drops the output that it has not read when the answer is no
/// (drivers/docker/driver.go, ExecTaskStreaming). So a shell runs the command, writes a mark with the exit code behind
/// its output, and stays until it is let go: whoever reads the mark has read all. When the connection is closed, the
/// command goes on. So the shell writes its own number first. A command in a container begins a session: the number is
/// also that of the group of its processes.
/// </summary>
internal sealed class NomadExecEnd(NomadCommand command)
{
    private const byte Separator = 0x1e;

    // ^C and ^\ are for the command alone.
    private const string Begin =
        "trap : INT QUIT; printf '\\036%s %d\\036' \"$0\" $$; "
        + "end() { printf '\\036%s %d %d\\036' \"$0\" $$ $code; }; ";

    // The end of its input lets it go.
    private const string WithoutInput = Begin + "\"$@\" </dev/null; code=$?; end; end >&2; read -r _; exit $code";

    // Its input has ended, so SIGHUP lets it go.
    private const string WithInput =
        Begin
        + "\"$@\"; code=$?; sleep 3600 </dev/null >/dev/null 2>&1 & trap \"kill $!; exit $code\" HUP; "
        + "end; end >&2; wait; exit $code";

    // The driver loses a size that reaches it before the command runs, so it is sent when the first mark arrives.
    private const string Size =
        "n=0; while [ $n -lt 20 ] && [ \"$(stty size 2>/dev/null)\" = '0 0' ]; do n=$((n+1)); sleep 0.1; done; ";

    // The word of the mark lets it go, behind all that was typed for the command.
    private const string OnTerminal =
        Begin
        + Size
        + "\"$@\"; code=$?; stty sane 2>/dev/null; end; "
        + "while read -r line && [ \"$line\" != \"$0\" ]; do :; done; exit $code";

    // Not every image has a program kill; every shell has it built in.
    private const string Kill = "kill -HUP \"$0\"";

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

    /// <summary>Hangs up a process, or with a negative number a group, as a terminal does that is closed.</summary>
    public static IReadOnlyList<string> HangUp(int process) =>
        ["sh", "-c", Kill, process.ToString(CultureInfo.InvariantCulture)];

    /// <summary>Whether the command hangs up another one.</summary>
    public static bool IsHangUp(IReadOnlyList<string> words) => words is ["sh", "-c", Kill, _];

    /// <summary>The mark before the output, as the shell writes it.</summary>
    public static byte[] FirstMarkOf(string word, int process) =>
        [
            Separator,
            .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{word} {process}")),
            Separator,
        ];

    /// <summary>The mark behind the output, as the shell writes it.</summary>
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

/// <summary>One stream of a command, in which the marks are found and left out.</summary>
/// <param name="mark">How a mark begins.</param>
/// <param name="separator">Its first byte, which it has once more, as its last one.</param>
internal sealed class NomadMarkedStream(byte[] mark, byte separator)
{
    private byte[] _held = [];

    /// <summary>The mark of the end; null: it has not come yet.</summary>
    public NomadMark? Mark { get; private set; }

    /// <summary>The number of the shell that runs the command; null: it is not known yet.</summary>
    public int? Process { get; private set; }

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
        if (_held.Length <= mark.Length || _held.AsSpan(1).IndexOf(separator) is not (> 0 and var length))
        {
            return all.AsMemory(0, begin);
        }

        Read(_held.AsSpan(mark.Length, length + 1 - mark.Length));
        var rest = _held[(length + 2)..];
        _held = [];
        return rest.Length == 0 ? all.AsMemory(0, begin) : (byte[])[.. all.AsSpan(0, begin), .. Add(rest).Span];
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

    // One number begins a command, two end it.
    private void Read(ReadOnlySpan<byte> numbers)
    {
        var words = Encoding.ASCII.GetString(numbers).Split(' ');
        Process = int.TryParse(words[0], CultureInfo.InvariantCulture, out var process) ? process : Process;
        if (words.Length == 2 && int.TryParse(words[1], CultureInfo.InvariantCulture, out var exitCode))
        {
            Mark = new NomadMark(process, exitCode);
        }
    }
}
