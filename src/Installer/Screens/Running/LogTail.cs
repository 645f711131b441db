namespace ErpInstaller.Screens.Running;

/// <summary>
/// The last lines of the log, numbered from the first line of the run. <c>install.log</c> has all
/// lines: a build writes too many for a screen.
/// </summary>
internal sealed class LogTail
{
    /// <summary>The number of lines that are kept.</summary>
    public const int Kept = 5000;

    private readonly LogLine[] _lines = new LogLine[Kept];

    /// <summary>The number of lines so far.</summary>
    public long Count { get; private set; }

    /// <summary>The number of the oldest kept line.</summary>
    public long First => Math.Max(0, Count - Kept);

    /// <summary>A line by its number.</summary>
    public LogLine this[long number] => _lines[number % Kept];

    /// <summary>Appends a line. The oldest one may be dropped.</summary>
    public void Add(LogLine line) => _lines[Count++ % Kept] = line;

    /// <summary>Forgets all lines.</summary>
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

    /// <summary>
    /// The number of the next line that contains a text; the search wraps around. -1 if there is none.
    /// </summary>
    /// <param name="step">1 searches later lines, -1 earlier ones.</param>
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
