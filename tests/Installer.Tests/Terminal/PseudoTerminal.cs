using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using CliWrap;

namespace ErpInstaller.Tests.Terminal;

/// <summary>
/// A program in a real pseudo-terminal, below a shell with job control. Its output is collected. Each wait has a
/// deadline and fails with the output so far.
/// </summary>
internal sealed partial class PseudoTerminal : IDisposable
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(60);

    // Alternate screen, cursor, bracketed paste, automatic wrap.
    private static readonly (string Taken, string Given)[] _given =
    [
        ("\e[?1049h", "\e[?1049l"),
        ("\e[?25l", "\e[?25h"),
        ("\e[?2004h", "\e[?2004l"),
        ("\e[?7l", "\e[?7h"),
    ];

    private readonly int _master;
    private readonly Process _shell;
    private readonly StringBuilder _output = new();
    private readonly Thread _reader;
    private volatile bool _ended;

    /// <summary>Runs a script of bash, in which the program's path is <c>$0</c>.</summary>
    public PseudoTerminal(
        string script,
        string program,
        IReadOnlyDictionary<string, string?>? environment = null,
        int columns = 80,
        int rows = 24
    )
    {
        _master = OpenMaster(2 | 0x100 | 0x80000);
        Assert.True(_master >= 0 && Grant(_master) == 0 && Unlock(_master) == 0);
        var name = new byte[64];
        Assert.Equal(0, Name(_master, name, (nuint)name.Length));
        Resize(columns, rows);
        FoundModes = Modes();
        var terminal = Encoding.ASCII.GetString(name).TrimEnd('\0');

        // The parent of the tests may ignore signals (nohup, a background job). The program must not inherit that.
        var start = new ProcessStartInfo(
            "/bin/sh",
            [
                "-c",
                """exec env --default-signal setsid -c bash --norc -mc "$1" "$2" <"$0" >"$0" 2>&1""",
                terminal,
                script,
                program,
            ]
        );
        (start.Environment["TERM"], start.Environment["LC_ALL"]) = ("xterm", "C.UTF-8");
        foreach (var variable in (string[])["NO_COLOR", "COLORTERM"])
        {
            start.Environment.Remove(variable);
        }

        foreach (var (key, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[key] = value;
        }

        _shell = Process.Start(start)!;
        _reader = new Thread(Read) { IsBackground = true };
        _reader.Start();
    }

    /// <summary>The terminal's modes before the program began.</summary>
    public byte[] FoundModes { get; }

    /// <summary>The output so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>The terminal's modes now: struct termios.</summary>
    public byte[] Modes()
    {
        var modes = new byte[60];
        Assert.Equal(0, GetModes(_master, modes));
        return modes;
    }

    /// <summary>Types a text.</summary>
    public void Send(string keys)
    {
        var bytes = Encoding.UTF8.GetBytes(keys);
        Assert.Equal(bytes.Length, Write(_master, bytes, (nuint)bytes.Length));
    }

    /// <summary>Resizes the window.</summary>
    public void Resize(int columns, int rows)
    {
        ReadOnlySpan<ushort> size = [(ushort)rows, (ushort)columns, 0, 0];
        Assert.Equal(0, SetSize(_master, 0x5414, size));
    }

    /// <summary>Waits for a text after a position in the output.</summary>
    /// <returns>The position after it.</returns>
    public async Task<int> SeesAsync(string text, int from = 0)
    {
        var at = -1;
        await UntilAsync(
            () => (at = Output.IndexOf(text, from, StringComparison.Ordinal)) >= 0,
            $"waited for “{text}”"
        );
        return at + text.Length;
    }

    /// <summary>Waits until nothing was written for a while.</summary>
    public async Task<int> QuietAsync(TimeSpan time)
    {
        var (length, since) = (-1, Stopwatch.StartNew());
        await UntilAsync(
            () =>
            {
                if (Output.Length != length)
                {
                    length = Output.Length;
                    since.Restart();
                }

                return since.Elapsed > time;
            },
            "waited for silence"
        );
        return length;
    }

    /// <summary>Sends a signal to the process whose number the script wrote behind <c>pid</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        var from = await SeesAsync("pid ");
        var pid = string.Concat(Output[from..].TakeWhile(char.IsAsciiDigit));
        await Cli.Wrap("kill").WithArguments([$"-{signal}", pid]).ExecuteAsync();
    }

    /// <summary>Fails unless the terminal has its original modes and every mode of the full screen was reset.</summary>
    public void IsGivenBack()
    {
        var output = Output;
        Assert.Equal(FoundModes, Modes());
        foreach (var (taken, given) in _given)
        {
            Assert.True(
                output.LastIndexOf(given, StringComparison.Ordinal)
                    > output.LastIndexOf(taken, StringComparison.Ordinal),
                $"{given[1..]} is missing"
            );
        }
    }

    /// <summary>Waits for the shell's end.</summary>
    public async Task EndsAsync() => await UntilAsync(() => _ended, "waited for the end");

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_shell.HasExited)
        {
            _shell.Kill(entireProcessTree: true);
        }

        _shell.WaitForExit();
        _reader.Join();
        _shell.Dispose();
        _ = Close(_master);
    }

    private async Task UntilAsync(Func<bool> condition, string what)
    {
        var since = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(
                since.Elapsed < _deadline,
                $"{what}; there was:\n{Output.Replace("\e", "␛", StringComparison.Ordinal)}"
            );
            await Task.Delay(10);
        }
    }

    // Reading fails once the last program has closed the terminal.
    private void Read()
    {
        var bytes = new byte[65536];
        var characters = new char[65536];
        var utf8 = Encoding.UTF8.GetDecoder();
        for (nint read; (read = Read(_master, bytes, (nuint)bytes.Length)) > 0; )
        {
            var count = utf8.GetChars(bytes.AsSpan(0, (int)read), characters, flush: false);
            lock (_output)
            {
                _output.Append(characters, 0, count);
            }
        }

        _ended = true;
    }

    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    private static partial int OpenMaster(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    private static partial int Grant(int master);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    private static partial int Unlock(int master);

    [LibraryImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
    private static partial int Name(int master, Span<byte> name, nuint size);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, Span<byte> buffer, nuint size);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> buffer, nuint size);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static partial int GetModes(int descriptor, Span<byte> modes);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int SetSize(int descriptor, nuint request, ReadOnlySpan<ushort> size);
}
