using System.Runtime.InteropServices;
using ErpInstaller.Core.Native;

namespace ErpInstaller.Terminal;

/// <summary>
/// The three standard streams of this process, byte by byte: for a program elsewhere whose streams they become.
/// </summary>
internal static class OperatorStreams
{
    private const int Input = 0;
    private const int Output = 1;
    private const int Errors = 2;
    private const int PieceSize = 32 * 1024;

    /// <summary>Both the input and the output are a terminal.</summary>
    public static bool AreTerminal => Libc.IsTerminal(Input) == 1 && Libc.IsTerminal(Output) == 1;

    /// <summary>
    /// The input is something to read to its end: not a terminal, and not closed when this process began.
    /// </summary>
    public static bool HasInput => Libc.IsTerminal(Input) == 0 && Libc.IsInherited(Input);

    /// <summary>
    /// Reads the input to its end in a thread of its own. A read cannot be interrupted: the thread ends with the
    /// process.
    /// </summary>
    /// <param name="take">Takes the bytes; false: it wants no more.</param>
    public static Task ReadAsync(Func<ReadOnlyMemory<byte>, Task<bool>> take) =>
        Task.Factory.StartNew(
            () =>
            {
                var buffer = new byte[PieceSize];
                while (Read(buffer) is > 0 and var read)
                {
                    if (!take(buffer.AsMemory(0, read)).GetAwaiter().GetResult())
                    {
                        return;
                    }
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    /// <summary>Writes all bytes.</summary>
    /// <param name="isError">Whether to the standard error.</param>
    /// <returns>False: the reader at the other end is gone.</returns>
    public static bool Write(bool isError, ReadOnlySpan<byte> bytes)
    {
        var descriptor = isError ? Errors : Output;
        while (bytes.Length > 0)
        {
            var written = Libc.Write(descriptor, bytes, (nuint)bytes.Length);
            if (written > 0)
            {
                bytes = bytes[(int)written..];
            }
            else if (!CanRepeat(descriptor, Libc.Writable))
            {
                return false;
            }
        }

        return true;
    }

    private static int Read(byte[] buffer)
    {
        while (true)
        {
            var read = Libc.Read(Input, buffer, (nuint)buffer.Length);
            if (read >= 0 || !CanRepeat(Input, Libc.Readable))
            {
                return (int)read;
            }
        }
    }

    // Another process may have made the descriptor non-blocking.
    private static bool CanRepeat(int descriptor, short events)
    {
        switch (Marshal.GetLastPInvokeError())
        {
            case Libc.Interrupted:
                return true;
            case Libc.TryAgain:
                _ = Libc.Poll([new() { Descriptor = descriptor, Events = events }], 1, -1);
                return true;
            default:
                return false;
        }
    }
}
