namespace ErpInstaller.Outside.Docker;

/// <summary>Joins text that arrives in pieces into lines.</summary>
internal sealed class LineBuffer(Action<string> listener)
{
    // A program that never ends a line must not fill the memory.
    private const int LongestLine = 64 * 1024;
    private string _rest = "";

    /// <summary>Takes a piece and publishes the lines that it completes.</summary>
    public void Add(string piece)
    {
        var lines = (_rest + piece).Split('\n');
        foreach (var line in lines[..^1])
        {
            listener(line.TrimEnd('\r'));
        }

        _rest = lines[^1];
        if (_rest.Length > LongestLine)
        {
            End();
        }
    }

    /// <summary>Publishes the last line, which has no line end.</summary>
    public void End()
    {
        if (_rest.Length > 0)
        {
            listener(_rest.TrimEnd('\r'));
        }

        _rest = "";
    }
}
