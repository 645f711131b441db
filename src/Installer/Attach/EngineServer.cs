using System.Net.Sockets;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Native;
using ErpInstaller.Run;

namespace ErpInstaller.Attach;

/// <summary>
/// Lets front ends watch and stop the run of this process, over <c>engine.sock</c> in the state directory. It listens
/// from the run's first event to its last, while the run holds the run lock. So a socket that it finds there is a
/// leftover, and the one that it removes is its own.
/// </summary>
/// <param name="cancelRun">Stops the run like SIGINT.</param>
/// <param name="warn">Receives faults in serving a front end, which do not affect the run.</param>
internal sealed class EngineServer(StateDirectory directory, Func<Task> cancelRun, Action<string> warn)
    : IAsyncDisposable
{
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly RunHistory _history = new();
    private readonly List<Viewer> _viewers = [];
    private readonly List<Task> _work = [];
    private readonly CancellationTokenSource _farewell = new();
    private EngineSocket? _socket;

    /// <summary>Receives the run's events. Subscribe it before the run begins.</summary>
    /// <exception cref="EngineSocketUnusable">At the first event: the socket cannot be created.</exception>
    public void Hear(EngineEvent happened)
    {
        lock (_gate)
        {
            _history.Add(happened);
            if (_viewers.Count > 0)
            {
                var line = EventLine.Write(happened);
                _viewers.ForEach(v => v.Show(happened, line));
            }

            if (happened is RunStarted)
            {
                _socket = EngineSocket.Listen(directory);
                _work.Add(AcceptAsync(_socket));
            }
            else if (happened is Finished)
            {
                Close();
            }
        }
    }

    /// <summary>Sends the remaining events to connected front ends, for at most two seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] work;
        lock (_gate)
        {
            Close();
            work = [.. _work];
        }

        _farewell.CancelAfter(LongestFarewell);
        await Task.WhenAll(work);
        _farewell.Dispose();
    }

    private void Close()
    {
        if (_socket is null)
        {
            return;
        }

        // Front ends that connected before the end still get the result.
        while (_socket.AcceptWaiting() is { } late)
        {
            Welcome(late);
        }

        _socket.Dispose();
        _socket = null;
        _viewers.ForEach(v => v.Complete());
    }

    private async Task AcceptAsync(EngineSocket socket)
    {
        while (await socket.AcceptAsync() is { } connection)
        {
            lock (_gate)
            {
                Welcome(connection);
            }
        }
    }

    private void Welcome(Socket connection)
    {
        var peer = Peer.Of(connection);
        var viewer = new Viewer(connection, peer.MayAttach ? cancelRun : null);
        IEnumerable<EngineEvent> first = peer.MayAttach
            ? _history.Events
            :
            [
                new Refused($"this run belongs to the user with id {Libc.EffectiveUser()}; your id is {peer.User}")
                {
                    At = DateTimeOffset.UtcNow,
                },
            ];
        foreach (var happened in first)
        {
            viewer.Show(happened, EventLine.Write(happened));
        }

        if (peer.MayAttach && _socket is not null)
        {
            _viewers.Add(viewer);
        }
        else
        {
            viewer.Complete();
        }

        _work.RemoveAll(w => w.IsCompleted);
        _work.Add(AttendAsync(viewer));
    }

    private async Task AttendAsync(Viewer viewer)
    {
        // Outside the lock, which adding a front end holds.
        await Task.Yield();
        await using (viewer)
        {
            try
            {
                await viewer.RunAsync(_farewell.Token);
            }
#pragma warning disable CA1031 // No fault of a front end may affect the run.
            catch (Exception e)
#pragma warning restore CA1031
            {
                warn($"the connection to a front end failed: {e.GetType().Name}: {e.Message}");
            }

            lock (_gate)
            {
                _viewers.Remove(viewer);
            }
        }
    }
}
