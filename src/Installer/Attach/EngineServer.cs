using System.Net.Sockets;
using ErpInstaller.Core.Files;
using ErpInstaller.Run;

namespace ErpInstaller.Attach;

/// <summary>
/// Lets front ends look at the run of this process and end it, over <c>engine.sock</c> in the state directory. It listens from
/// the run's first event to its last, while the run holds the directory's lock: what is found at the socket's place is left
/// over, and what is removed there is our own.
/// </summary>
/// <param name="cancelRun">Ends the run as SIGINT does.</param>
/// <param name="warn">Told of a fault in serving a front end, which is not the run's.</param>
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

    /// <summary>Hears the engine's events; to be subscribed before the run begins.</summary>
    /// <exception cref="EngineSocketUnusable">At the first event of a run: nobody could attach.</exception>
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

    /// <summary>Sends what is left to those who read it, for two seconds at most.</summary>
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

        // Those who knocked before the end shall hear of it.
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
                new Refused(
                    $"this run belongs to the user with id {PosixProcess.EffectiveUser()}, you have id {peer.User}"
                )
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
        // Away from the gate, which whoever adds a front end holds.
        await Task.Yield();
        await using (viewer)
        {
            try
            {
                await viewer.RunAsync(_farewell.Token);
            }
#pragma warning disable CA1031 // Whatever befalls a front end, the run goes on and its result stays.
            catch (Exception e)
#pragma warning restore CA1031
            {
                warn($"a front end was lost: {e.GetType().Name}: {e.Message}");
            }

            lock (_gate)
            {
                _viewers.Remove(viewer);
            }
        }
    }
}
