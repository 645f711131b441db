using System.Runtime.InteropServices;

namespace ErpInstaller.CommandLine;

/// <summary>
/// Turns SIGINT, SIGTERM and SIGHUP into cancellation, so that state is saved and child processes end. A second signal
/// ends the process at once. (.NET 10 raises no ProcessExit on SIGTERM, so these handlers are needed.)
/// </summary>
public sealed class Signals : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Starts to handle signals.</summary>
    public Signals() =>
        _registrations = [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(s =>
                PosixSignalRegistration.Create(s, Handle)
            ),
        ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _cancellation.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        // The second signal is not handled, so its default action ends the process.
        context.Cancel = !_cancellation.IsCancellationRequested;
        _cancellation.Cancel();
    }
}
