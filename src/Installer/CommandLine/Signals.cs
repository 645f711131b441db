using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ErpInstaller.CommandLine;

/// <summary>
/// Turns SIGINT, SIGTERM and SIGHUP into cancellation, so that state is saved and child processes end. A SIGINT or
/// SIGTERM more than a second later ends the process at once. (.NET 10 raises no ProcessExit on SIGTERM, so these
/// handlers are needed.)
/// </summary>
public sealed class Signals : IDisposable
{
    private static readonly TimeSpan Twice = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _cancellation = new();
    private readonly PosixSignalRegistration[] _registrations;
    private long _first;

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
        // What is not handled has its default action: the process ends. One cause may send a signal twice: the program
        // timeout does, and of a closed terminal both its shell and the kernel.
        context.Cancel =
            !_cancellation.IsCancellationRequested
            || context.Signal == PosixSignal.SIGHUP
            || Stopwatch.GetElapsedTime(_first) < Twice;
        _first = _cancellation.IsCancellationRequested ? _first : Stopwatch.GetTimestamp();
        _cancellation.Cancel();
    }
}
