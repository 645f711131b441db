namespace ErpInstaller.Containers;

/// <summary>A line with its time, or with that of the line before it.</summary>
/// <param name="Size">Its number of bytes, with its line end.</param>
internal sealed record TimedLine(DateTimeOffset Time, string Text, int Size);

/// <summary>The last lines of one stream of a container's log.</summary>
/// <param name="IsWhole">Whether the stream has no earlier lines.</param>
internal sealed record LogEnd(IReadOnlyList<TimedLine> Lines, bool IsWhole)
{
    /// <summary>Cuts the last bytes of a stream into lines.</summary>
    public static LogEnd Of(byte[] bytes, bool isWhole)
    {
        var lines = new List<TimedLine>();
        var time = DateTimeOffset.MinValue;
        var reader = new LogLines(
            (text, size) =>
            {
                time = LogTime.Find(text) ?? time;
                lines.Add(new TimedLine(time, text, size));
            },
            isCut: !isWhole
        );
        reader.Add(bytes);
        reader.End();

        // Lines before the first time are as old as it, as far as is known. Without any time all of them count.
        var first = lines.Find(l => l.Time > DateTimeOffset.MinValue)?.Time ?? DateTimeOffset.MaxValue;
        return new LogEnd(
            [.. lines.Select(l => l.Time > DateTimeOffset.MinValue ? l : l with { Time = first })],
            isWhole
        );
    }

    /// <summary>Whether earlier lines are not needed for a request.</summary>
    public bool Suffices(LogRequest request) =>
        IsWhole || request.Lines <= Lines.Count || (Lines.Count > 0 && Lines[0].Time < request.Since);

    /// <summary>The lines that are new enough for a request.</summary>
    public IEnumerable<TimedLine> Since(LogRequest request) =>
        Lines.Where(l => request.Since is not { } since || l.Time >= since);

    /// <summary>How many bytes at the end of the stream a request asks for; null: all.</summary>
    public long? SizeOf(LogRequest request)
    {
        var wanted = Since(request).ToList();
        if (request.Lines is { } count)
        {
            wanted = [.. wanted.TakeLast(count)];
        }

        return IsWhole && wanted.Count == Lines.Count ? null : wanted.Sum(l => (long)l.Size);
    }
}
