using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ErpInstaller.Rehearsal;

/// <summary>Runs a command in a rehearsed container.</summary>
/// <returns>The exit code.</returns>
internal delegate Task<int> RehearsedProgram(RehearsedCommand command, CancellationToken cancellation);

/// <summary>A command in a rehearsed container, with its streams.</summary>
/// <param name="Task">The container's task.</param>
/// <param name="Words">The program and its arguments.</param>
/// <param name="HasTerminal">Whether it has a terminal.</param>
internal sealed record RehearsedCommand(string Task, IReadOnlyList<string> Words, bool HasTerminal)
{
    /// <summary>What the other side sends. It ends when that side closes it.</summary>
    public required PipeReader Input { get; init; }

    /// <summary>Writes to stdout, or to stderr if the first argument is true.</summary>
    public required Func<bool, ReadOnlyMemory<byte>, Task> WriteAsync { get; init; }

    /// <summary>Columns and rows of the terminal.</summary>
    public (int Columns, int Rows) Size { get; set; } = (0, 0);
}

/// <summary>
/// The exec endpoint of a rehearsed Nomad: the frames that the real one sends and takes, see
/// <c>exec-*.txt</c> of the recorded answers.
/// </summary>
internal static class RehearsedExec
{
    /// <summary>The answer to the request: a WebSocket, on which the program runs.</summary>
    public static HttpResponseMessage Open(
        HttpRequestMessage request,
        RehearsedCommand command,
        string? refusal,
        RehearsedProgram program
    )
    {
        var (near, far) = DuplexStream.Pair();
        _ = ServeAsync(
            WebSocket.CreateFromStream(far, new WebSocketCreationOptions { IsServer = true }),
            command,
            refusal,
            program
        );
        var answer = new HttpResponseMessage(HttpStatusCode.SwitchingProtocols)
        {
            Content = new DuplexContent(near),
            RequestMessage = request,
        };
        answer.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        answer.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        answer.Headers.TryAddWithoutValidation(
            "Sec-WebSocket-Accept",
            AcceptOf(request.Headers.GetValues("Sec-WebSocket-Key").First())
        );
        return answer;
    }

    /// <summary>Speaks Nomad's protocol on a WebSocket until the program has ended.</summary>
    /// <param name="refusal">Why the command does not run; null: it runs.</param>
    public static async Task ServeAsync(
        WebSocket socket,
        RehearsedCommand command,
        string? refusal,
        RehearsedProgram program
    )
    {
        using (socket)
        {
            try
            {
                if (refusal is not null)
                {
                    // nomad, command/agent/alloc_endpoint.go, toWsCode
                    await CloseAsync(
                        socket,
                        refusal.StartsWith("Unknown allocation", StringComparison.Ordinal)
                            ? WebSocketCloseStatus.PolicyViolation
                            : WebSocketCloseStatus.InternalServerError,
                        refusal
                    );
                    return;
                }

                await RunAsync(socket, command, program);
            }
            catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException)
            {
                // The other side is gone.
            }
        }
    }

    private static async Task RunAsync(WebSocket socket, RehearsedCommand command, RehearsedProgram program)
    {
        var input = new Pipe();
        using var sending = new SemaphoreSlim(1, 1);
        using var ended = new CancellationTokenSource();
        async Task Send(JsonNode frame)
        {
            await sending.WaitAsync(CancellationToken.None);
            try
            {
                await socket.SendAsync(
                    Encoding.UTF8.GetBytes(frame.ToJsonString()),
                    WebSocketMessageType.Text,
                    endOfMessage: true,
                    CancellationToken.None
                );
            }
            finally
            {
                sending.Release();
            }
        }

        var running = command with
        {
            Input = input.Reader,
            WriteAsync = (isError, bytes) =>
                Send(Stream(isError, new JsonObject { ["data"] = Convert.ToBase64String(bytes.Span) })),
        };
        var reading = ReadInputAsync(socket, running, input.Writer, ended.Token);
        var exitCode = await program(running, ended.Token);
        await Send(Stream(isError: false, new JsonObject { ["close"] = true }));
        await Send(Stream(isError: true, new JsonObject { ["close"] = true }));

        // Nomad leaves a zero out.
        var result = new JsonObject();
        if (exitCode != 0)
        {
            result["exit_code"] = exitCode;
        }

        await Send(new JsonObject { ["exited"] = true, ["result"] = result });
        await ended.CancelAsync();
        await reading;
    }

    private static async Task ReadInputAsync(
        WebSocket socket,
        RehearsedCommand command,
        PipeWriter input,
        CancellationToken ended
    )
    {
        var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(), ended);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                message.Write(buffer.AsSpan(0, received.Count));
                if (!received.EndOfMessage)
                {
                    continue;
                }

                var frame = JsonNode.Parse(message.ToArray());
                message.SetLength(0);
                if (frame?["tty_size"] is { } size)
                {
                    command.Size = (size["width"]!.GetValue<int>(), size["height"]!.GetValue<int>());
                }

                if (frame?["stdin"]?["data"]?.GetValue<string>() is { } data)
                {
                    await input.WriteAsync(Convert.FromBase64String(data), ended);
                }

                if (frame?["stdin"]?["close"]?.GetValue<bool>() == true)
                {
                    await input.CompleteAsync();
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException)
        {
            // The program has ended, or the other side is gone.
        }
        finally
        {
            await input.CompleteAsync();
        }
    }

    private static JsonObject Stream(bool isError, JsonObject content) =>
        new() { [isError ? "stderr" : "stdout"] = content };

    private static Task CloseAsync(WebSocket socket, WebSocketCloseStatus status, string words) =>
        socket.CloseOutputAsync(status, words, CancellationToken.None);

    // RFC 6455, 4.2.2
    private static string AcceptOf(string key)
    {
#pragma warning disable CA5350 // The protocol says SHA-1. It protects nothing.
        return Convert.ToBase64String(
            SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
        );
#pragma warning restore CA5350
    }

    /// <summary>Content whose stream can be written too, as that of a real upgraded connection.</summary>
    private sealed class DuplexContent(Stream stream) : HttpContent
    {
        protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => stream;

        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult(stream);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            throw new NotSupportedException();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}

/// <summary>One end of a connection within this process.</summary>
internal sealed class DuplexStream : Stream
{
    private readonly Stream _reads;
    private readonly Stream _writes;

    private DuplexStream(PipeReader reads, PipeWriter writes) =>
        (_reads, _writes) = (reads.AsStream(), writes.AsStream());

    /// <summary>Both ends.</summary>
    public static (DuplexStream Near, DuplexStream Far) Pair()
    {
        var (there, back) = (new Pipe(), new Pipe());
        return (new DuplexStream(back.Reader, there.Writer), new DuplexStream(there.Reader, back.Writer));
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _reads.ReadAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _reads.ReadAsync(buffer, offset, count, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _writes.WriteAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _writes.WriteAsync(buffer, offset, count, cancellationToken);

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => _writes.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override void Flush() => _writes.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _reads.Dispose();
            _writes.Dispose();
        }

        base.Dispose(disposing);
    }
}
