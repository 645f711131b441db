using System.Collections.Concurrent;
using System.Text;
using ErpInstaller.Core.Native;
using Terminal.Gui.Drivers;

namespace ErpInstaller.Terminal;

/// <summary>Reads keys: sleeps until there is input, and joins a character that arrives in two parts.</summary>
/// <param name="arrived">Called when keys are in the queue.</param>
/// <param name="hungUp">Called when the terminal is gone.</param>
internal sealed class KeyInput(TerminalDevice device, Action arrived, Action hungUp) : IInput<char>
{
    // Milliseconds between two parts of a sequence. A line of 9,600 baud needs one for a character.
    private const int PartsApart = 50;

    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();
    private readonly byte[] _bytes = new byte[4096];
    private readonly char[] _characters = new char[4097];
    private readonly int _wake = Libc.Event(0, Libc.NonBlocking | Libc.CloseOnExec);
    private KeySequences _sequences = new(_ => { });

    /// <inheritdoc/>
    public CancellationTokenSource? ExternalCancellationTokenSource { get; set; }

    /// <inheritdoc/>
    public void Initialize(ConcurrentQueue<char> inputQueue) => _sequences = new KeySequences(inputQueue.Enqueue);

    /// <inheritdoc/>
    public void Run(CancellationToken runCancellationToken)
    {
        using var woken = runCancellationToken.Register(() => Libc.Write(_wake, BitConverter.GetBytes(1UL), 8));
        Span<Libc.Awaited> awaited =
        [
            new() { Descriptor = device.Descriptor, Events = Libc.Readable },
            new() { Descriptor = _wake, Events = Libc.Readable },
        ];
        while (!runCancellationToken.IsCancellationRequested)
        {
            if (Libc.Poll(awaited, (nuint)awaited.Length, _sequences.IsHolding ? PartsApart : -1) <= 0)
            {
                _sequences.Flush();
                arrived();
                continue;
            }

            // A terminal that is gone counts as readable too, and nothing can be read. SIGHUP may be ignored (nohup).
            var hasInput = (awaited[0].Happened & Libc.Readable) != 0 && Read();
            if (!hasInput && (awaited[0].Happened & (Libc.HungUp | Libc.Failed)) != 0)
            {
                // The input ended: sleep until the end.
                awaited[0].Descriptor = -1;
                hungUp();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ = Libc.Close(_wake);

    // False: nothing was there.
    private bool Read()
    {
        var read = Libc.Read(device.Descriptor, _bytes, (nuint)_bytes.Length);
        if (read > 0)
        {
            var count = _utf8.GetChars(_bytes.AsSpan(0, (int)read), _characters, flush: false);
            _sequences.Add(_characters.AsSpan(0, count));
            arrived();
        }

        return read > 0;
    }
}
