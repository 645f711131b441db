namespace ErpInstaller.Screens.Running;

/// <summary>
/// The last lines of the log, numbered from the run's first. What came before is in <c>install.log</c>: a build writes more
/// than a screen can hold or a person can read.
/// </summary>
internal sealed class LogTail
{
    /// <summary>As many are kept.</summary>
    public const int Kept = 5000;

    private readonly LogLine[] _lines = new LogLine[Kept];

    /// <summary>How many there were in all.</summary>
    public long Count { get; private set; }

    /// <summary>Number of the oldest that is kept.</summary>
    public long First => Math.Max(0, Count - Kept);

    /// <summary>A line by its number.</summary>
    public LogLine this[long number] => _lines[number % Kept];

    /// <summary>Appends a line; the oldest is forgotten.</summary>
    public void Add(LogLine line) => _lines[Count++ % Kept] = line;

    /// <summary>Begins anew.</summary>
    public void Clear() => Count = 0;

    /// <summary>The last lines of a step.</summary>
    public IReadOnlyList<LogLine> Last(int count, string step)
    {
        var lines = new List<LogLine>();
        for (var number = Count - 1; number >= First && lines.Count < count; number--)
        {
            if (this[number].Step == step)
            {
                lines.Insert(0, this[number]);
            }
        }

        return lines;
    }

    /// <summary>The nearest line with a text in it, from a line on and then from the other end; -1 when there is none.</summary>
    /// <param name="step">1 looks later, -1 earlier.</param>
    public long Find(string text, long from, int step)
    {
        var held = Count - First;
        for (long tried = 0, number = from; tried < held; tried++, number += step)
        {
            number =
                number >= Count ? First
                : number < First ? Count - 1
                : number;
            if (this[number].Text.Contains(text, StringComparison.OrdinalIgnoreCase))
            {
                return number;
            }
        }

        return -1;
    }
}
