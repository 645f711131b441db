using System.Collections.Concurrent;
using Terminal.Gui.Drivers;

namespace ErpInstaller.Terminal;

/// <summary>No keyboard: keys are injected.</summary>
internal sealed class NoInput : IInput<char>
{
    /// <inheritdoc/>
    public CancellationTokenSource? ExternalCancellationTokenSource { get; set; }

    /// <inheritdoc/>
    public void Initialize(ConcurrentQueue<char> inputQueue) { }

    /// <inheritdoc/>
    public void Run(CancellationToken runCancellationToken) => runCancellationToken.WaitHandle.WaitOne();

    /// <inheritdoc/>
    public void Dispose() { }
}
