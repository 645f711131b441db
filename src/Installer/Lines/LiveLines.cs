using System.Globalization;
using ErpInstaller.Run;

namespace ErpInstaller.Lines;

/// <summary>Writes how a running installation is: a line for each value, the containers last.</summary>
internal static class LiveLines
{
    private const int Name = 20;
    private const int Indent = 9 + Name + 1;

    public static void Write(LiveStatus status, PlainLines output)
    {
        foreach (var value in status.Values.Where(v => v is not LiveContainer))
        {
            Write(value, LiveWords.Found(value), output);
        }

        foreach (var container in status.Containers)
        {
            Write(container, Usage(container, status.At), output);
        }

        foreach (var line in status.Missing)
        {
            output.Write($"{"unknown", -9}{line}", Indent);
        }
    }

    /// <summary>The result in a line.</summary>
    public static string Summary(LiveStatus status)
    {
        var (down, warns) = (Named(status, LiveLevel.Down), Named(status, LiveLevel.Warns));
        return status.Answer.Level == LiveLevel.Down ? $"The site does not answer. Down: {down}."
            : down.Length > 0 ? $"Down: {down}."
            : status.Level == LiveLevel.Down ? "Nomad does not answer."
            : warns.Length > 0 ? $"It runs. To look into: {warns}."
            : "All is well.";
    }

    private static string Named(LiveStatus status, LiveLevel level) =>
        string.Join(", ", status.Values.Where(v => v.Level == level).Select(v => v.Subject));

    private static void Write(LiveValue value, string found, PlainLines output)
    {
        string[] parts = [found, value.Why];
        output.Write(
            $"{value.Level.ToString().ToLowerInvariant(), -9}{value.Subject, -Name} "
                + string.Join("; ", parts.Where(p => p.Length > 0)),
            Indent
        );
        if (value.Hint.Length > 0)
        {
            output.WriteWhole($"         hint: {value.Hint}");
        }
    }

    private static string Usage(LiveContainer c, DateTimeOffset now)
    {
        string?[] parts =
        [
            LiveWords.Found(c),
            c.Started is { } started ? $"for {LiveWords.Age(Math.Max(0, (now - started).TotalSeconds))}" : null,
            c.Restarts > 0 ? Inv($"restarts: {c.Restarts}") : null,
            c.OomKills > 0 ? Inv($"OOM kills: {c.OomKills}") : null,
            c.CpuMillicores is { } cpu ? Inv($"CPU {cpu:0} of {c.CpuReservedMillicores:0} m") : null,
            c.MemoryMebibytes is { } memory ? Inv($"memory {memory:0} of {c.MemoryLimitMebibytes:0} MiB") : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    private static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
