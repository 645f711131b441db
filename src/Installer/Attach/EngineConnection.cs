using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ErpInstaller.Core.Files;
using ErpInstaller.Run;

namespace ErpInstaller.Attach;

/// <summary>A front end's connection with a run at work, whichever process it is in. Closing it does nothing to the run.</summary>
public sealed class EngineConnection : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly StateDirectory _directory;

    private EngineConnection(Stream stream, StateDirectory directory, int process) =>
        (_stream, _directory, ProcessId) = (stream, directory, process);

    /// <summary>The id of the process that the run is in.</summary>
    public int ProcessId { get; }

    /// <summary>Connects with the run at work in a state directory.</summary>
    /// <exception cref="NothingRuns">None is: there is no socket, or the process that left it is dead.</exception>
    /// <exception cref="EngineRefuses">It is another user's.</exception>
    public static async Task<EngineConnection> OpenAsync(StateDirectory directory, CancellationToken cancellation) =>
        await TryOpenAsync(directory, cancellation) ?? throw new NothingRuns(directory);

    /// <summary>As <see cref="OpenAsync"/>, but null when nothing is at work.</summary>
    public static async Task<EngineConnection?> TryOpenAsync(StateDirectory directory, CancellationToken cancellation)
    {
        if (!Directory.Exists(directory.Path))
        {
            return null;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            using var address = new SocketAddress(directory);
            await socket.ConnectAsync(address.EndPoint, cancellation);
            return new EngineConnection(
                new NetworkStream(socket, ownsSocket: true),
                directory,
                Peer.Of(socket).Process
            );
        }
        catch (SocketException e)
        {
            socket.Dispose();
            return e.SocketErrorCode == SocketError.AccessDenied
                ? throw new EngineRefuses(directory, "this is another user's", e)
                : null;
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// What happened so far (run, steps, checks, containers, the newest progress, the last lines of the log), then what
    /// happens, up to the result, which is always the last. To be read once.
    /// </summary>
    /// <exception cref="EngineGone">The process died before it told a result.</exception>
    /// <exception cref="EngineRefuses">The run is another user's.</exception>
    public async IAsyncEnumerable<EngineEvent> EventsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var reader = new StreamReader(_stream, leaveOpen: true);
        string? refusal = null;
        while (await ReadLineAsync(reader, cancellation) is { } line)
        {
            var happened = EventLine.Read(line);
            yield return happened;
            if (happened is Finished)
            {
                yield break;
            }

            refusal = (happened as Refused)?.Message;
        }

        throw refusal is null ? new EngineGone(ProcessId, _directory) : new EngineRefuses(_directory, refusal);
    }

    /// <summary>Ends the run as ^C does: the step at work is interrupted and state is saved. The events then tell the end.</summary>
    /// <exception cref="EngineGone">Nobody is there to be told.</exception>
    public async Task CancelAsync(CancellationToken cancellation)
    {
        var command = JsonSerializer.SerializeToUtf8Bytes(
            new FrontEndCommand(FrontEndCommand.Cancel),
            FrontEndCommandJson.Default.FrontEndCommand
        );
        try
        {
            await _stream.WriteAsync((byte[])[.. command, (byte)'\n'], cancellation);
        }
        catch (IOException)
        {
            throw new EngineGone(ProcessId, _directory);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    /// <summary>The story of a run that ended before anybody could connect.</summary>
    internal static EngineConnection Replay(string lines, StateDirectory directory, int process) =>
        new(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(lines)), directory, process);

    private static async Task<string?> ReadLineAsync(StreamReader reader, CancellationToken cancellation)
    {
        try
        {
            return await reader.ReadLineAsync(cancellation);
        }
        catch (IOException)
        {
            // Reset: the other end is as gone as with an end of the stream.
            return null;
        }
    }
}
