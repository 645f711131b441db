using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Outside.Nomad;

/// <summary>A command to run in a container that runs.</summary>
/// <param name="Allocation">The id of its allocation.</param>
/// <param name="Task">Its task.</param>
/// <param name="Command">The program and its arguments. No shell reads them.</param>
public sealed record NomadCommand(string Allocation, string Task, IReadOnlyList<string> Command)
{
    /// <summary>
    /// Whether it gets a terminal. Then the container echoes what is typed, ^C interrupts the command, and its stderr
    /// comes with its stdout.
    /// </summary>
    public bool HasTerminal { get; init; }

    /// <summary>Whether it reads what is sent to it. Otherwise its input is empty.</summary>
    public bool TakesInput { get; init; }
}

/// <summary>What a command wrote, and how it ended.</summary>
public sealed record NomadCommandResult(int ExitCode, byte[] Output, byte[] Errors);

/// <summary>Receives a piece of a command's output. The bytes are valid during the call only.</summary>
/// <param name="isError">Whether the command wrote it to stderr.</param>
public delegate ValueTask NomadOutput(bool isError, ReadOnlyMemory<byte> bytes);

/// <summary>
/// A command that runs in a container: the WebSocket of <c>GET /v1/client/allocation/:id/exec</c>. Every frame is a
/// JSON object (plugins/drivers/proto/driver.proto, ExecTaskStreamingRequest and -Response). When the connection
/// breaks, the command goes on inside the container. Its end is known by <see cref="NomadExecEnd"/>.
/// </summary>
public sealed class NomadExec : IDisposable
{
    private const int PieceSize = 32 * 1024;
    private static readonly TimeSpan Parting = TimeSpan.FromSeconds(2);

    private readonly ClientWebSocket _socket;
    private readonly NomadExecEnd _end;
    private readonly NomadMarkedStream _output;
    private readonly NomadMarkedStream _errors;
    private readonly Func<int, CancellationToken, Task> _hangUp;
    private readonly Func<string, CancellationToken, Task<Exception>> _refused;
    private readonly Func<Exception?, Exception> _lost;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private volatile NomadExecSize? _size;

    /// <param name="socket">Connected.</param>
    /// <param name="command">What it runs.</param>
    /// <param name="end">How it ends.</param>
    /// <param name="hangUp">Hangs up a process by its number, or a group of them by its negative number.</param>
    /// <param name="refused">Makes an error of the words with which Nomad closed the connection.</param>
    /// <param name="lost">Makes an error of a connection that broke.</param>
    internal NomadExec(
        ClientWebSocket socket,
        NomadCommand command,
        NomadExecEnd end,
        Func<int, CancellationToken, Task> hangUp,
        Func<string, CancellationToken, Task<Exception>> refused,
        Func<Exception?, Exception> lost
    )
    {
        (_socket, Command, _end) = (socket, command, end);
        (_output, _errors) = (end.NewStream(), end.NewStream());
        (_hangUp, _refused, _lost) = (hangUp, refused, lost);
    }

    /// <summary>What runs.</summary>
    public NomadCommand Command { get; }

    /// <summary>Sends bytes to the command's stdin, if it takes input.</summary>
    /// <returns>False if the connection has ended. <see cref="ReadAsync"/> tells why.</returns>
    public async Task<bool> SendInputAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        for (; bytes.Length > PieceSize; bytes = bytes[PieceSize..])
        {
            if (!await SendAsync(Input(bytes[..PieceSize]), cancellation))
            {
                return false;
            }
        }

        return await SendAsync(Input(bytes), cancellation);
    }

    /// <summary>Closes the command's stdin.</summary>
    /// <inheritdoc cref="SendInputAsync" path="/returns"/>
    public Task<bool> EndInputAsync(CancellationToken cancellation) =>
        SendAsync(new NomadExecInput { Stdin = new NomadExecStream { Close = true } }, cancellation);

    /// <summary>Tells the command the size of its terminal.</summary>
    /// <inheritdoc cref="SendInputAsync" path="/returns"/>
    public Task<bool> ResizeAsync(int columns, int rows, CancellationToken cancellation)
    {
        _size = new NomadExecSize { Width = columns, Height = rows };
        return SendAsync(new NomadExecInput { Size = _size }, cancellation);
    }

    /// <summary>Reads what the command writes, until it ends. Cancelled, it hangs the command up.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="NomadDenied">The token may not run commands in containers.</exception>
    /// <exception cref="NomadCommandRefused">Nomad cannot run it.</exception>
    /// <exception cref="NomadUnreachable">The connection broke.</exception>
    public async Task<int> ReadAsync(NomadOutput take, CancellationToken cancellation)
    {
        try
        {
            return await ReadToEndAsync(take, cancellation);
        }
        catch (OperationCanceledException)
        {
            await HangUpAsync();
            throw;
        }
    }

    private async Task<int> ReadToEndAsync(NomadOutput take, CancellationToken cancellation)
    {
        var message = new ArrayBufferWriter<byte>(PieceSize);
        var hasBegun = false;
        while (await ReceiveAsync(message, cancellation))
        {
            var frame = Parse(message.WrittenSpan);
            message.ResetWrittenCount();
            if (!hasBegun && frame is not { Stdout: null, Stderr: null })
            {
                // The docker driver loses a size that reaches it before the command runs.
                hasBegun = true;
                if (_size is not null)
                {
                    await SendAsync(new NomadExecInput { Size = _size }, cancellation);
                }
            }

            await PassOnAsync(frame, take);
            if (WholeMark is { } mark)
            {
                await LetGoAsync(mark, message);
                return mark.ExitCode;
            }

            if (frame.Exited)
            {
                // Something ended its shell, for example the end of the container.
                await take(isError: false, _output.Rest);
                await take(isError: true, _errors.Rest);

                // Nomad leaves a zero out.
                return frame.Result?.ExitCode ?? 0;
            }
        }

        throw _socket.CloseStatusDescription is { Length: > 0 } words
            ? await _refused(TerminalText.Clean(words), cancellation)
            : _lost(null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _sending.Dispose();
    }

    // With a terminal there is one stream.
    private NomadMark? WholeMark => Command.HasTerminal || _errors.Mark is not null ? _output.Mark : null;

    private async Task PassOnAsync(NomadExecOutput frame, NomadOutput take)
    {
        if (frame.Stdout?.Data is { Length: > 0 } output && _output.Add(output) is { Length: > 0 } written)
        {
            await take(isError: false, written);
        }

        if (frame.Stderr?.Data is { Length: > 0 } errors && _errors.Add(errors) is { Length: > 0 } complained)
        {
            await take(isError: true, complained);
        }
    }

    // Nobody reads what the command writes any more.
    private async Task HangUpAsync()
    {
        if (_output.Process is not { } process)
        {
            return;
        }

        using var limit = new CancellationTokenSource(Parting);
        try
        {
            await _hangUp(-process, limit.Token);
        }
        catch (Exception e) when (e is InstallerException or OperationCanceledException)
        {
            // It ends by itself, or with its container.
        }
    }

    // Nothing is lost when this fails: all of the output is here, and the shell of the command does nothing any more.
    private async Task LetGoAsync(NomadMark mark, ArrayBufferWriter<byte> message)
    {
        using var limit = new CancellationTokenSource(Parting);
        try
        {
            await (
                Command.HasTerminal ? SendInputAsync(_end.Typed, limit.Token)
                : Command.TakesInput ? _hangUp(mark.Process, limit.Token)
                : EndInputAsync(limit.Token)
            );
            while (await ReceiveAsync(message, limit.Token) && !Parse(message.WrittenSpan).Exited)
            {
                message.ResetWrittenCount();
            }
        }
        catch (Exception e) when (e is InstallerException or OperationCanceledException)
        {
            // It ends with its container.
        }
    }

    private static NomadExecInput Input(ReadOnlyMemory<byte> bytes) =>
        new() { Stdin = new NomadExecStream { Data = bytes.ToArray() } };

    // False: Nomad closed the connection.
    private async Task<bool> ReceiveAsync(ArrayBufferWriter<byte> message, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(message.GetMemory(PieceSize), cancellation);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    return false;
                }

                message.Advance(received.Count);
                if (received.EndOfMessage)
                {
                    return true;
                }
            }
        }
        catch (Exception e)
            when (e is WebSocketException or IOException or HttpRequestException
                || (e is OperationCanceledException && !cancellation.IsCancellationRequested)
            )
        {
            throw _lost(e);
        }
    }

    private NomadExecOutput Parse(ReadOnlySpan<byte> message)
    {
        try
        {
            return JsonSerializer.Deserialize(message, NomadJson.Default.NomadExecOutput) ?? new NomadExecOutput();
        }
        catch (JsonException e)
        {
            throw _lost(e);
        }
    }

    // A WebSocket takes one frame at a time.
    private async Task<bool> SendAsync(NomadExecInput frame, CancellationToken cancellation)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(frame, NomadJson.Default.NomadExecInput);
        await _sending.WaitAsync(cancellation);
        try
        {
            await _socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, cancellation);
            return true;
        }
        catch (Exception e) when (e is WebSocketException or IOException or InvalidOperationException)
        {
            return false;
        }
        finally
        {
            _sending.Release();
        }
    }
}

/// <summary>A frame to the command.</summary>
internal sealed record NomadExecInput
{
    [JsonPropertyName("stdin")]
    public NomadExecStream? Stdin { get; init; }

    [JsonPropertyName("tty_size")]
    public NomadExecSize? Size { get; init; }
}

/// <summary>A piece of a stream, or its end.</summary>
internal sealed record NomadExecStream
{
    /// <summary>In JSON it is base64.</summary>
    [JsonPropertyName("data")]
    public byte[]? Data { get; init; }

    [JsonPropertyName("close")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Close { get; init; }
}

/// <summary>The size of a terminal.</summary>
internal sealed record NomadExecSize
{
    [JsonPropertyName("height")]
    public int Height { get; init; }

    [JsonPropertyName("width")]
    public int Width { get; init; }
}

/// <summary>A frame from the command. One without members only keeps the connection open.</summary>
internal sealed record NomadExecOutput
{
    [JsonPropertyName("stdout")]
    public NomadExecStream? Stdout { get; init; }

    [JsonPropertyName("stderr")]
    public NomadExecStream? Stderr { get; init; }

    [JsonPropertyName("exited")]
    public bool Exited { get; init; }

    [JsonPropertyName("result")]
    public NomadExecResult? Result { get; init; }
}

/// <summary>How the command ended.</summary>
internal sealed record NomadExecResult
{
    [JsonPropertyName("exit_code")]
    public int ExitCode { get; init; }
}
