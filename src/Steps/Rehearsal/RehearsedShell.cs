using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Rehearsal;

/// <summary>
/// Commands in rehearsed containers. They answer as the real ones would where that is simple, and otherwise say that
/// nothing ran.
/// </summary>
internal static class RehearsedShell
{
    private const byte Interrupt = 3;
    private const byte EndOfInput = 4;

    /// <summary>Runs a command, and what the installer puts around it.</summary>
    public static async Task<int> RunAsync(RehearsedCommand command, CancellationToken cancellation)
    {
        var (words, mark) = NomadExecEnd.Unwrap(command.Words);
        if (mark is not null)
        {
            await command.WriteAsync(false, NomadExecEnd.FirstMarkOf(mark, process: 1));
        }

        var exitCode = await RunInnerAsync(command, words, cancellation);
        if (mark is not null)
        {
            await EndAsync(command, NomadExecEnd.MarkOf(mark, process: 1, exitCode), cancellation);
        }

        return exitCode;
    }

    // Not a copy of the command: the size of its terminal changes.
    private static async Task<int> RunInnerAsync(
        RehearsedCommand command,
        IReadOnlyList<string> inner,
        CancellationToken cancellation
    )
    {
        if (NomadExecEnd.IsHangUp(inner))
        {
            // What it ends here ends with its connection.
            return 0;
        }

        // env NAME=VALUE… PROGRAM
        var words = inner.SkipWhile(w => w == "env" || w.Contains('=', StringComparison.Ordinal)).ToArray();
        return words switch
        {
            [] => 0,
            ["sh" or "bash", ..] => await TalkAsync(command, cancellation),
            ["cat"] => await EchoAsync(command, cancellation),
            _ => await SayAsync(command, AnswerTo(command, words)),
        };
    }

    // It stays until it is let go: by something typed, or by the end of its input.
    private static async Task EndAsync(RehearsedCommand command, byte[] mark, CancellationToken cancellation)
    {
        await command.WriteAsync(false, mark);
        if (!command.HasTerminal)
        {
            await command.WriteAsync(true, mark);
        }

        while (await ReadAsync(command.Input, cancellation) is not null && !command.HasTerminal) { }
    }

    private static string AnswerTo(RehearsedCommand command, string[] words) =>
        words switch
        {
            ["stty", "size"] => string.Create(
                CultureInfo.InvariantCulture,
                $"{command.Size.Rows} {command.Size.Columns}"
            ),
            ["hostname"] => command.Task,
            ["pwd"] => "/home/frappe/frappe-bench",
            ["ls"] => "apps  assets  config  env  logs  sites",
            ["echo", .. var rest] => string.Join(' ', rest),
            ["bench", .., "list-apps"] => "frappe   15.78.1 HEAD\nerpnext  15.75.1 HEAD",
            ["bench", .., "version"] => "erpnext 15.75.1\nfrappe 15.78.1",
            _ => $"simulated: {string.Join(' ', words)}",
        };

    private static async Task<int> EchoAsync(RehearsedCommand command, CancellationToken cancellation)
    {
        while (await ReadAsync(command.Input, cancellation) is { } bytes)
        {
            await command.WriteAsync(false, bytes);
        }

        return 0;
    }

    private static async Task<int> SayAsync(RehearsedCommand command, string text)
    {
        await command.WriteAsync(false, Encoding.UTF8.GetBytes((text + "\n").ReplaceLineEndings(End(command))));
        return 0;
    }

    // A terminal turns a line feed into both.
    private static string End(RehearsedCommand command) => command.HasTerminal ? "\r\n" : "\n";

    // A shell that reads commands line by line.
    private static async Task<int> TalkAsync(RehearsedCommand command, CancellationToken cancellation)
    {
        var line = new StringBuilder();
        await PromptAsync(command);
        while (await ReadAsync(command.Input, cancellation) is { } bytes)
        {
            foreach (var typed in bytes)
            {
                if (command.HasTerminal && typed == EndOfInput && line.Length == 0)
                {
                    await WriteAsync(command, "exit\r\n");
                    return 0;
                }

                if (command.HasTerminal && typed == Interrupt)
                {
                    line.Clear();
                    await WriteAsync(command, "^C\r\n");
                    await PromptAsync(command);
                }
                else if (typed is (byte)'\r' or (byte)'\n')
                {
                    await WriteAsync(command, command.HasTerminal ? "\r\n" : "");
                    if (await CommandAsync(command, line.ToString()) is { } exitCode)
                    {
                        return exitCode;
                    }

                    line.Clear();
                    await PromptAsync(command);
                }
                else
                {
                    line.Append((char)typed);
                    await WriteAsync(command, command.HasTerminal ? ((char)typed).ToString() : "");
                }
            }
        }

        return 0;
    }

    // Null: the shell goes on.
    private static async Task<int?> CommandAsync(RehearsedCommand command, string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case []:
                return null;
            case ["exit"]:
                return 0;
            case ["exit", var code] when int.TryParse(code, CultureInfo.InvariantCulture, out var exitCode):
                return exitCode;
            default:
                await SayAsync(command, AnswerTo(command, words));
                return null;
        }
    }

    private static Task PromptAsync(RehearsedCommand command) =>
        WriteAsync(command, command.HasTerminal ? $"frappe@{command.Task}:~/frappe-bench$ " : "");

    private static Task WriteAsync(RehearsedCommand command, string text) =>
        text.Length == 0 ? Task.CompletedTask : command.WriteAsync(false, Encoding.UTF8.GetBytes(text));

    // Null: the input ended.
    private static async Task<byte[]?> ReadAsync(PipeReader input, CancellationToken cancellation)
    {
        var read = await input.ReadAsync(cancellation);
        var bytes = read.Buffer.ToArray();
        input.AdvanceTo(read.Buffer.End);
        return bytes.Length == 0 && read.IsCompleted ? null : bytes;
    }
}
