using System.Runtime.InteropServices;
using ErpInstaller.Core.Native;

namespace ErpInstaller.Terminal;

/// <summary>
/// The operator's terminal in the hands of a program elsewhere: keys go there as they are typed, ^C included, and its
/// output is shown as it is. Disposing of it gives the terminal back.
/// </summary>
internal sealed class LentTerminal : IDisposable
{
    private const int PieceSize = 4096;

    private readonly TerminalDevice _device = new();
    private readonly int _wake = Libc.Event(0, Libc.NonBlocking | Libc.CloseOnExec);
    private readonly PosixSignalRegistration _resized;
    private volatile bool _isGivenBack;

    /// <param name="resized">Told the columns and rows, now and when they change.</param>
    public LentTerminal(Action<int, int> resized)
    {
        void Tell() => resized(_device.Size.Columns, _device.Size.Rows);
        _resized = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => Tell());
        _device.MakeRaw();
        Tell();
    }

    /// <summary>Passes on what is typed, until the terminal is given back or is gone.</summary>
    /// <param name="take">Takes the bytes; false: it wants no more.</param>
    public Task ReadAsync(Func<ReadOnlyMemory<byte>, Task<bool>> take) =>
        Task.Factory.StartNew(
            () => Read(take),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    /// <summary>Shows output.</summary>
    /// <returns>False: the terminal is gone.</returns>
    public bool Write(ReadOnlySpan<byte> bytes) => _device.Write(bytes, () => !_isGivenBack);

    /// <inheritdoc/>
    public void Dispose()
    {
        _isGivenBack = true;
        _ = Libc.Write(_wake, BitConverter.GetBytes(1UL), 8);
        _resized.Dispose();
        _device.RestoreModes();
        _device.Dispose();
    }

    private void Read(Func<ReadOnlyMemory<byte>, Task<bool>> take)
    {
        var buffer = new byte[PieceSize];
        Span<Libc.Awaited> awaited =
        [
            new() { Descriptor = _device.Descriptor, Events = Libc.Readable },
            new() { Descriptor = _wake, Events = Libc.Readable },
        ];
        while (!_isGivenBack)
        {
            if (Libc.Poll(awaited, (nuint)awaited.Length, -1) <= 0)
            {
                continue;
            }

            if (_isGivenBack)
            {
                return;
            }

            var read = Libc.Read(_device.Descriptor, buffer, PieceSize);
            if (read == 0 || (read < 0 && Marshal.GetLastPInvokeError() is not (Libc.TryAgain or Libc.Interrupted)))
            {
                return;
            }

            if (read > 0 && !take(buffer.AsMemory(0, (int)read)).GetAwaiter().GetResult())
            {
                return;
            }
        }
    }
}
