namespace ErpInstaller.Rehearsal;

/// <summary>The logs of all simulated tasks. They are in memory only: after a rehearsal's end nobody reads them.</summary>
internal sealed class SimulatedLogs
{
    private readonly Dictionary<(string Allocation, string Task, string Type), SimulatedLog> _logs = [];

    /// <summary>The log of a task.</summary>
    /// <param name="type">stdout or stderr.</param>
    public SimulatedLog Of(string allocation, string task, string type)
    {
        if (!_logs.TryGetValue((allocation, task, type), out var log))
        {
            _logs[(allocation, task, type)] = log = new SimulatedLog();
        }

        return log;
    }

    /// <summary>All of an allocation are removed.</summary>
    public void Remove(string allocation)
    {
        foreach (var (key, log) in _logs.Where(l => l.Key.Allocation == allocation).ToList())
        {
            log.Remove();
            _logs.Remove(key);
        }
    }
}
