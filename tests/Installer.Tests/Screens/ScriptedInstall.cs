using System.Collections.Concurrent;
using System.Threading.Channels;
using ErpInstaller.Run;
using ErpInstaller.Screens.Running;

namespace ErpInstaller.Tests.Screens;

/// <summary>A run whose events come from the test.</summary>
internal sealed class ScriptedInstall : IInstallRun
{
    private Channel<EngineEvent> _events = Channel.CreateUnbounded<EngineEvent>();

    /// <summary>The answer files that installations were started with.</summary>
    public ConcurrentQueue<string> Started { get; } = [];

    /// <summary>Completes when the run is told to stop.</summary>
    public TaskCompletionSource Stopped { get; } = new();

    /// <summary>The request to stop is not answered before this task ends.</summary>
    public Task Stopping { get; init; } = Task.CompletedTask;

    /// <summary>Whether a run is in progress before the screen begins.</summary>
    public bool IsAtWork { get; init; }

    /// <summary>Sends events of the run.</summary>
    public void Tell(params EngineEvent[] events)
    {
        foreach (var happened in events)
        {
            Assert.True(_events.Writer.TryWrite(happened with { At = DateTimeOffset.UtcNow }));
        }
    }

    public Task<bool> IsAtWorkAsync(CancellationToken cancellation) => Task.FromResult(IsAtWork);

    /// <summary>The operations that were started.</summary>
    public ConcurrentQueue<Operation> Operations { get; } = [];

    public Task StartAsync(Operation operation, string? answers, CancellationToken cancellation)
    {
        Operations.Enqueue(operation);
        Started.Enqueue(answers is null ? "" : File.ReadAllText(answers));
        return Task.CompletedTask;
    }

    public async Task FollowAsync(Action<EngineEvent> heard, CancellationToken cancellation)
    {
        await foreach (var happened in _events.Reader.ReadAllAsync(cancellation))
        {
            if (happened is not Finished)
            {
                heard(happened);
                continue;
            }

            _events = Channel.CreateUnbounded<EngineEvent>();
            heard(happened);
            return;
        }
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        await Stopping.WaitAsync(cancellation);
        Stopped.SetResult();
    }
}
