using System.Text;

namespace ErpInstaller.Containers;

/// <summary>Cuts the bytes of a log into lines, as they arrive.</summary>
/// <param name="take">Receives each complete line, and its number of bytes.</param>
/// <param name="isCut">Whether the first line begins before the first byte. It is left out.</param>
public sealed class LogLines(Action<string, int> take, bool isCut = false)
{
    // A program that writes no line ends must not fill the memory.
    private const int Longest = 64 * 1024;

    private readonly List<byte> _rest = [];
    private bool _isCut = isCut;

    /// <summary>Takes bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            _rest.AddRange(bytes[..end]);
            bytes = bytes[(end + 1)..];
            Finish(_rest.Count + 1);
        }

        _rest.AddRange(bytes);
        if (_rest.Count > Longest)
        {
            Finish(_rest.Count);
        }
    }

    /// <summary>The log ended: a last line without an end is a line.</summary>
    public void End()
    {
        if (_rest.Count > 0)
        {
            Finish(_rest.Count);
        }
    }

    private void Finish(int size)
    {
        if (!_isCut)
        {
            take(Encoding.UTF8.GetString([.. _rest]), size);
        }

        _isCut = false;
        _rest.Clear();
    }
}
