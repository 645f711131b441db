using System.Runtime.ExceptionServices;
using ErpInstaller.Core.Errors;

namespace ErpInstaller.Screens.Running;

/// <summary>
/// Work on other threads than the interface's. The end of the session cancels it and waits for it.
/// </summary>
/// <param name="post">Runs something on the interface's thread between two keys, and draws.</param>
internal sealed class BackgroundWork(Action<Action> post) : IDisposable
{
    // Long enough to end child processes and remove temporary files.
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _ended = new();
    private readonly List<Task> _begun = [];

    /// <summary>Starts some work. The interface's thread handles its result or error.</summary>
    /// <param name="failed">
    /// Handles errors that the operator should see. Any other exception ends the program.
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

        // The process ends soon. Without this wait, a running git or its temporary repository could stay behind.
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
            // The session has ended, so no screen needs the result.
        }
#pragma warning disable CA1031 // Nothing awaits this task: the interface's thread throws the exception.
        catch (Exception e)
#pragma warning restore CA1031
        {
            post(() => ExceptionDispatchInfo.Throw(e));
        }
    }
}
