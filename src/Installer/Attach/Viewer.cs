using System.Net.Sockets;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;

namespace ErpInstaller.Attach;

/// <summary>The run's end of the connection with one front end.</summary>
internal sealed class Viewer : IAsyncDisposable
{
    private const int LongestCommand = 4096;

    private readonly Socket _socket;
    private readonly Func<Task>? _cancelRun;
    private readonly OutgoingLines _lines = new(EventLine.Write);
    private readonly SemaphoreSlim _news = new(0);
    private readonly CancellationTokenSource _gone = new();
    private volatile bool _complete;

    /// <param name="cancelRun">Stops the run. Null if this front end may not.</param>
    public Viewer(Socket socket, Func<Task>? cancelRun)
    {
        _socket = socket;
        _cancelRun = cancelRun;
    }

    /// <summary>Queues an event without blocking.</summary>
    public void Show(EngineEvent happened, byte[] line)
    {
        if (!_lines.TryAdd(happened, line))
        {
            // On another thread, because this one does the run's work.
            _gone.CancelAfter(TimeSpan.Zero);
        }
        else if (_news.CurrentCount == 0)
        {
            _news.Release();
        }
    }

    /// <summary>No more events follow: <see cref="RunAsync"/> ends after all are sent.</summary>
    public void Complete()
    {
        _complete = true;
        _news.Release();
    }

    /// <summary>
    /// Sends and listens until the front end leaves, all is sent after <see cref="Complete"/>, or it is cancelled.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _gone.Token);
        var listening = _cancelRun is null ? Task.CompletedTask : ListenAsync(_cancelRun, linked.Token);
        try
        {
            await SendAsync(linked.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // A front end that leaves or does not read has no effect on the run.
            _socket.Close(timeout: 0);
        }

        await _gone.CancelAsync();
        await listening;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _gone.Dispose();
        _news.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task SendAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var complete = _complete;
            while (_lines.TryTake(out var line))
            {
                await SendAsync(line, cancellation);
            }

            if (complete)
            {
                _socket.Shutdown(SocketShutdown.Send);
                return;
            }

            await _news.WaitAsync(cancellation);
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> line, CancellationToken cancellation)
    {
        while (line.Length > 0)
        {
            line = line[await _socket.SendAsync(line, cancellation)..];
        }
    }

    private async Task ListenAsync(Func<Task> cancelRun, CancellationToken cancellation)
    {
        var buffer = new byte[LongestCommand];
        var filled = 0;
        try
        {
            while (await _socket.ReceiveAsync(buffer.AsMemory(filled), cancellation) is > 0 and var read)
            {
                filled = await TakeCommandsAsync(buffer, filled + read, cancelRun);
                if (filled == buffer.Length)
                {
                    Refuse($"a command of more than {LongestCommand} bytes");
                    filled = 0;
                }
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The front end can send no more commands. Sending will show whether it still reads.
            return;
        }
    }

    private async Task<int> TakeCommandsAsync(byte[] buffer, int filled, Func<Task> cancelRun)
    {
        var start = 0;
        while (Array.IndexOf(buffer, (byte)'\n', start, filled - start) is >= 0 and var end)
        {
            await DoAsync(FrontEndCommand.Read(buffer.AsSpan(start, end - start)), cancelRun);
            start = end + 1;
        }

        buffer.AsSpan(start, filled - start).CopyTo(buffer);
        return filled - start;
    }

    private async Task DoAsync(FrontEndCommand? command, Func<Task> cancelRun)
    {
        if (command?.Command == FrontEndCommand.Cancel)
        {
            await cancelRun();
        }
        else
        {
            Refuse(
                command?.Command is { } name
                    ? $"unknown command {TerminalText.Clean(name)}; the only command is cancel"
                    : "not a command: expected one JSON object per line, such as {\"command\":\"cancel\"}"
            );
        }
    }

    private void Refuse(string message)
    {
        var refused = new Refused(message) { At = DateTimeOffset.UtcNow };
        Show(refused, EventLine.Write(refused));
    }
}
