namespace ErpInstaller.Rehearsal;

/// <summary>The logs of all rehearsed tasks. They are in memory only.</summary>
internal sealed class RehearsedLogs
{
    private readonly Dictionary<(string Allocation, string Task, string Type), RehearsedLog> _logs = [];

    /// <summary>The log of a task.</summary>
    /// <param name="type">stdout or stderr.</param>
    public RehearsedLog Of(string allocation, string task, string type)
    {
        if (!_logs.TryGetValue((allocation, task, type), out var log))
        {
            _logs[(allocation, task, type)] = log = new RehearsedLog();
        }

        return log;
    }

    /// <summary>Removes all logs of an allocation.</summary>
    public void Remove(string allocation)
    {
        foreach (var (key, log) in _logs.Where(l => l.Key.Allocation == allocation).ToList())
        {
            log.Remove();
            _logs.Remove(key);
        }
    }
}
