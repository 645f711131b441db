using System.Text;

namespace ErpInstaller.Rehearsal;

/// <summary>One stream of a rehearsed task's log.</summary>
internal sealed class RehearsedLog
{
    private readonly Lock _gate = new();
    private readonly List<byte> _bytes = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _removed;
    private int _breaks;

    /// <summary>All bytes so far.</summary>
    public string Text
    {
        get
        {
            lock (_gate)
            {
                return Encoding.UTF8.GetString([.. _bytes]);
            }
        }
    }

    /// <summary>How many bytes it has.</summary>
    public int Length
    {
        get
        {
            lock (_gate)
            {
                return _bytes.Count;
            }
        }
    }

    /// <summary>Appends a line that the task writes.</summary>
    public void Write(string line) => Change(() => _bytes.AddRange(Encoding.UTF8.GetBytes(line + "\n")));

    /// <summary>Forgets what was written so far.</summary>
    public void Clear() => Change(_bytes.Clear);

    /// <summary>Ends the log because the client removes it: a reader that follows it reaches the end.</summary>
    public void Remove() => Change(() => _removed = true);

    /// <summary>Breaks the connections of all readers that follow it, as the end of an agent does.</summary>
    public void Break() => Change(() => _breaks++);

    /// <summary>The bytes after an offset. A reader that follows waits for them. Empty at the end of the log.</summary>
    public async Task<byte[]> ReadAsync(int offset, bool follow, CancellationToken cancellation)
    {
        int? breaks = null;
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if ((breaks ??= _breaks) != _breaks)
                {
                    throw new IOException("The response ended prematurely.");
                }

                if (offset < _bytes.Count || _removed || !follow)
                {
                    return [.. _bytes.Skip(offset)];
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellation);
        }
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
