using ErpInstaller.Attach;
using ErpInstaller.Run;

namespace ErpInstaller.Screens.Running;

/// <summary>
/// Runs each operation in a separate process, which continues when this one ends or the connection drops.
/// </summary>
/// <param name="start">The parameters of a run, without the answer file.</param>
internal sealed class InstallApart(EngineStart start) : IInstallRun
{
    private EngineConnection? _started;

    /// <inheritdoc/>
    public async Task<bool> IsAtWorkAsync(CancellationToken cancellation)
    {
        await using var connection = await EngineConnection.TryOpenAsync(start.Directory, cancellation);
        return connection is not null;
    }

    /// <inheritdoc/>
    public async Task StartAsync(Operation operation, string? answers, CancellationToken cancellation) =>
        _started = await EngineProcess.StartAsync(
            start with
            {
                Operation = operation,
                Answers = answers,
                AcceptChanges = operation == Operation.Install,
            },
            cancellation
        );

    /// <inheritdoc/>
    public async Task FollowAsync(Action<EngineEvent> heard, CancellationToken cancellation)
    {
        await using var connection = _started ?? await EngineConnection.OpenAsync(start.Directory, cancellation);
        _started = null;
        await foreach (var happened in connection.EventsAsync(cancellation))
        {
            heard(happened);
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellation)
    {
        await using var connection = await EngineConnection.OpenAsync(start.Directory, cancellation);
        await connection.CancelAsync(cancellation);
    }
}
