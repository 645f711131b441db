using ErpInstaller.Run;

namespace ErpInstaller.Attach;

/// <summary>
/// The events for a front end that connects late: the newest event of each kind for each subject (step, check,
/// container), and the last lines of the log, in order. Its size is bounded for a run of any length.
/// </summary>
internal sealed class RunHistory
{
    /// <summary>The number of log lines that are kept.</summary>
    public const int LogLines = 500;

    private readonly Dictionary<string, (long Order, EngineEvent Event)> _newest = [];
    private readonly Queue<(long Order, EngineEvent Event)> _log = new();
    private long _order;

    /// <summary>All kept events, oldest first.</summary>
    public IEnumerable<EngineEvent> Events => _newest.Values.Concat(_log).OrderBy(e => e.Order).Select(e => e.Event);

    public void Add(EngineEvent happened)
    {
        _order++;
        if (happened is Log)
        {
            _log.Enqueue((_order, happened));
            if (_log.Count > LogLines)
            {
                _log.Dequeue();
            }
        }
        else
        {
            _newest[KeyOf(happened)] = (_order, happened);
        }
    }

    private static string KeyOf(EngineEvent happened) =>
        $"{happened.GetType().Name} "
        + happened switch
        {
            StepStarted e => e.Step,
            Progress e => e.Step,
            StepFinished e => e.Step,
            StepPlanned e => e.Step,
            StepKnown e => e.Step,
            HostChecked e => e.Check,
            AppBuilding e => $"{e.App}/{e.Part}",
            ContainerSeen e => $"{e.Job}/{e.Task}/{e.Allocation}",
            AnswerWarning e => e.Message,
            FileWritten e => e.Path,
            _ => "",
        };
}
