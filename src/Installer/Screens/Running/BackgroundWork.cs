using System.Runtime.ExceptionServices;
using ErpInstaller.Core.Errors;

namespace ErpInstaller.Screens.Running;

/// <summary>
/// Work beside the interface's thread. It is cancelled when the session ends, and the session waits for its end.
/// </summary>
/// <param name="post">Runs something on the interface's thread between two keys, and draws.</param>
internal sealed class BackgroundWork(Action<Action> post) : IDisposable
{
    // Ending child processes and removing temporary files takes less.
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _ended = new();
    private readonly List<Task> _begun = [];

    /// <summary>Begins some work. Its result or error is handled on the interface's thread.</summary>
    /// <param name="failed">
    /// Handles errors that the operator should know. Any other exception ends the program, as on the interface's
    /// thread.
    /// </param>
    public void Begin<T>(Func<CancellationToken, Task<T>> work, Action<T> done, Action<InstallerException> failed)
    {
        var begun = Task.Run(() => work(_ended.Token), _ended.Token);
        _begun.RemoveAll(t => t.IsCompleted);
        _begun.Add(begun);
        _ = EndAsync(begun, done, failed);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ended.Cancel();

        // The process ends soon after. A git that still runs then, or its temporary repository, would stay.
        Task.WaitAny([Task.WhenAll(_begun)], _limit);
        _ended.Dispose();
    }

    private async Task EndAsync<T>(Task<T> begun, Action<T> done, Action<InstallerException> failed)
    {
        try
        {
            var result = await begun;
            post(() => done(result));
        }
        catch (InstallerException e)
        {
            post(() => failed(e));
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // The session is over. No screen waits for the result.
        }
#pragma warning disable CA1031 // No code awaits this task, so the exception is thrown where it ends the program.
        catch (Exception e)
#pragma warning restore CA1031
        {
            post(() => ExceptionDispatchInfo.Throw(e));
        }
    }
}
