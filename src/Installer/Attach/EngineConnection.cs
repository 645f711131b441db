using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Run;

namespace ErpInstaller.Attach;

/// <summary>
/// A front end's connection with a run, in this or another process. Closing it does not affect the run.
/// </summary>
public sealed class EngineConnection : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly StateDirectory _directory;

    private EngineConnection(Stream stream, StateDirectory directory, int process) =>
        (_stream, _directory, ProcessId) = (stream, directory, process);

    /// <summary>The process id of the run.</summary>
    public int ProcessId { get; }

    /// <summary>Connects with the run of a state directory.</summary>
    /// <exception cref="InstallerException">There is no socket, or its process is dead.</exception>
    /// <exception cref="InstallerException">The run belongs to another user.</exception>
    public static async Task<EngineConnection> OpenAsync(StateDirectory directory, CancellationToken cancellation) =>
        await TryOpenAsync(directory, cancellation) ?? throw AttachErrors.NothingRuns(directory);

    /// <summary>As <see cref="OpenAsync"/>, but null if there is no run.</summary>
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
                ? throw AttachErrors.EngineRefuses(directory, "the run belongs to another user", e)
                : null;
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The events so far (run, steps, checks, containers, the newest progress, the last lines of the log), then new
    /// events up to the result, which is always the last. Can be read once.
    /// </summary>
    /// <exception cref="InstallerException">The process died before it sent a result.</exception>
    /// <exception cref="InstallerException">The run belongs to another user.</exception>
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

        throw refusal is null
            ? AttachErrors.EngineGone(ProcessId, _directory)
            : AttachErrors.EngineRefuses(_directory, refusal);
    }

    /// <summary>
    /// Stops the run like ^C: it interrupts the present step and saves the state. The events then report the end.
    /// </summary>
    /// <exception cref="InstallerException">The process died.</exception>
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
            throw AttachErrors.EngineGone(ProcessId, _directory);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    /// <summary>The events of a run that ended before a front end could connect.</summary>
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
            // A reset means the same as the end of the stream: the other end is gone.
            return null;
        }
    }
}
