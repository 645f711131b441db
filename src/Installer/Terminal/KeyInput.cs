using System.Collections.Concurrent;
using System.Text;
using Terminal.Gui.Drivers;

namespace ErpInstaller.Terminal;

/// <summary>Reads keys as they are typed: sleeps until there is one, and keeps a character together that arrives in two parts.</summary>
internal sealed class KeyInput(TerminalDevice device, Action hungUp) : IInput<char>
{
    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();
    private readonly byte[] _bytes = new byte[4096];
    private readonly char[] _characters = new char[4097];
    private readonly int _wake = Kernel.Event(0, Kernel.NonBlocking | Kernel.CloseOnExec);
    private ConcurrentQueue<char> _queue = new();

    /// <inheritdoc/>
    public CancellationTokenSource? ExternalCancellationTokenSource { get; set; }

    /// <inheritdoc/>
    public void Initialize(ConcurrentQueue<char> inputQueue) => _queue = inputQueue;

    /// <inheritdoc/>
    public void Run(CancellationToken runCancellationToken)
    {
        using var woken = runCancellationToken.Register(() => Kernel.Write(_wake, BitConverter.GetBytes(1UL), 8));
        Span<Kernel.Awaited> awaited =
        [
            new() { Descriptor = device.Descriptor, Events = Kernel.Readable },
            new() { Descriptor = _wake, Events = Kernel.Readable },
        ];
        while (!runCancellationToken.IsCancellationRequested)
        {
            if (Kernel.Poll(awaited, (nuint)awaited.Length, -1) <= 0)
            {
                continue;
            }

            if ((awaited[0].Happened & Kernel.Readable) != 0)
            {
                Read();
            }
            else if ((awaited[0].Happened & (Kernel.HungUp | Kernel.Failed)) != 0)
            {
                // Nothing comes any more: sleeps until it is told to end.
                awaited[0].Descriptor = -1;
                hungUp();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ = Kernel.Close(_wake);

    private void Read()
    {
        var read = Kernel.Read(device.Descriptor, _bytes, (nuint)_bytes.Length);
        if (read > 0)
        {
            var count = _utf8.GetChars(_bytes.AsSpan(0, (int)read), _characters, flush: false);
            foreach (var character in _characters.AsSpan(0, count))
            {
                _queue.Enqueue(character);
            }
        }
    }
}
