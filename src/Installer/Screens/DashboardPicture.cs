using System.Globalization;
using ErpInstaller.Lines;
using ErpInstaller.Run;
using ErpInstaller.Screens.Running;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>
/// The rows of the dashboard: the containers, then the other values. Everything that is wrong has a row, if necessary
/// in place of rows of what is well.
/// </summary>
internal sealed class DashboardPicture(LiveView view, Glyphs glyphs)
{
    private const int Name = 18;
    private const int Uptime = 8;
    private const int BarWidth = 10;
    private const int Cpu = 36;
    private const int Memory = 56;
    private const int Reason = 74;
    private const int ShortestReason = 20;
    private const int Value = 14;
    private const int Half = 44;

    /// <summary>The rows for an area.</summary>
    public IReadOnlyList<Line> Draw(LiveStatus status, int width, int height)
    {
        List<Line> containers =
        [
            .. status.Containers.Where(c => !IsDone(c)).Select(c => Container(c, status.At, width)),
        ];
        List<Line> faults = [.. Faults(status, width)];
        List<Line> well = [.. Well(status, width)];
        List<IEnumerable<Line>> tops =
        [
            [Head(), .. containers, .. Done(status), Line.Empty],
            [Head(), .. containers, Line.Empty],
            [Head(), .. containers],
            containers,
        ];
        return tops.Select(t => (List<Line>)[.. t, .. faults, .. well]).FirstOrDefault(rows => rows.Count <= height)
            ?? Shortened(status, width, height, faults, well);
    }

    // All that is wrong, then what fits of the rest.
    private List<Line> Shortened(LiveStatus status, int width, int height, List<Line> faults, List<Line> well)
    {
        var wrong = status.Containers.Where(IsWrong).ToList();
        List<Line> rows = [.. Together(wrong, status.At, width, ofRunning: false)];
        if (rows.Count + faults.Count > height)
        {
            rows = [.. Together(wrong, status.At, width, ofRunning: true)];
        }

        var hidden = rows.Count + faults.Count - height;
        if (hidden > 0)
        {
            return [.. rows.Concat(faults).Take(height - 1), MoreWrong(hidden + 1)];
        }

        var others = status.Containers.Where(c => !IsWrong(c) && !IsDone(c)).ToList();
        var room = height - rows.Count - faults.Count - well.Count;
        var shown = others.Count <= room ? others.Count : Math.Max(0, room - 1);
        return
        [
            .. rows,
            .. others.Take(shown).Select(c => Container(c, status.At, width)),
            .. shown < others.Count && height > rows.Count + faults.Count
                ? [More(others.Count - shown)]
                : Array.Empty<Line>(),
            .. faults,
            .. well,
        ];
    }

    private Line MoreWrong(int count) =>
        Sign(LiveLevel.Down)
            .Add(
                string.Create(CultureInfo.InvariantCulture, $" {count} more: status --live lists everything"),
                Tone.Bad
            );

    private Line More(int count) =>
        new Line(glyphs.Done, Tone.Good).Add(
            string.Create(CultureInfo.InvariantCulture, $" {count} more containers are well"),
            Tone.Quiet
        );

    private static Line Head() =>
        new Line("  container", Tone.Quiet)
            .To(Name + 1, Tone.Quiet)
            .Add("up", Tone.Quiet)
            .To(Name + 1 + Uptime, Tone.Quiet)
            .Add("restarts", Tone.Quiet)
            .To(Cpu, Tone.Quiet)
            .Add("CPU of reserved", Tone.Quiet)
            .To(Memory, Tone.Quiet)
            .Add("memory of limit", Tone.Quiet);

    private static bool IsWrong(LiveValue value) => value.Level != LiveLevel.Well;

    // A task of the init job that ended as it must.
    private static bool IsDone(LiveContainer container) => container.Ends && !IsWrong(container);

    // One row for all of them, if there are any.
    private IEnumerable<Line> Done(LiveStatus status)
    {
        var done = status.Containers.Where(IsDone).ToList();
        return done.Count == 0
            ? []
            :
            [
                new Line(glyphs.Done, Tone.Good).Add(
                    $" {string.Join(", ", done.Select(c => c.Subject))}: ended",
                    Tone.Quiet
                ),
            ];
    }

    private Line Container(LiveContainer container, DateTimeOffset now, int width)
    {
        var line = Sign(container.Level).Add($" {container.Subject}").To(Name + 1);
        if (container.State != "running")
        {
            return line.Add(Why(container), ToneOf(container.Level));
        }

        line.Add(container.Started is { } started ? Up(now - started) : "").To(Name + 1 + Uptime);
        line.Add(
            string.Create(CultureInfo.InvariantCulture, $"{container.Restarts}")
                + (container.OomKills > 0 ? " OOM" : ""),
            container.Level == LiveLevel.Warns ? Tone.Warning : Tone.Normal
        );
        line.To(Cpu);
        Gauge(line, view.Cpu(container), Tone.Normal);
        line.To(Memory);
        Gauge(line, view.Memory(container), container.Level == LiveLevel.Warns ? Tone.Warning : Tone.Normal);
        return container.Why.Length > 0 && width > Reason + ShortestReason
            ? line.To(Reason).Add(container.Why, ToneOf(container.Level)).Clip(width, glyphs.More)
            : line;
    }

    // Not in seconds, which would change with each look.
    private static string Up(TimeSpan time) => time.TotalMinutes < 1 ? "<1 min" : LiveWords.Age(time.TotalSeconds);

    private void Gauge(Line line, double? percent, Tone tone)
    {
        if (percent is { } known)
        {
            line.Add(glyphs.Bar(known / 100, BarWidth), tone)
                .Add(string.Create(CultureInfo.InvariantCulture, $" {known, 3:0} %"), tone);
        }
        else
        {
            line.Add("not known", Tone.Quiet);
        }
    }

    // Containers with the same fault share a row.
    private IEnumerable<Line> Together(
        IEnumerable<LiveContainer> wrong,
        DateTimeOffset now,
        int width,
        bool ofRunning
    ) =>
        wrong
            .GroupBy(c => (c.Level, c.Why, c.State == "running"))
            .SelectMany(g =>
                g.Count() == 1 || (g.Key.Item3 && !ofRunning)
                    ? g.Select(c => Container(c, now, width))
                    : Wrapped(g.Key.Level, $"{string.Join(", ", g.Select(c => c.Subject))}: {g.Key.Why}", width)
            );

    private IEnumerable<Line> Wrapped(LiveLevel level, string text, int width) =>
        Columns
            .Wrap(text, width - 2)
            .Select((l, i) => (i == 0 ? Sign(level) : new Line(" ")).Add($" {l}", ToneOf(level)));

    private static List<(LiveValue Value, string Found)> ValuesOf(LiveStatus status) =>
        [
            (status.Answer, AnswerOf(status.Answer)),
            .. status.Certificate is { } certificate
                ? [(certificate, DaysOf(certificate))]
                : Array.Empty<(LiveValue, string)>(),
            (status.Name, LiveWords.Found(status.Name)),
            (status.Scheduler, SchedulerOf(status.Scheduler)),
            .. QueuesOf(status),
            (status.Workers, LiveWords.Found(status.Workers)),
            (status.Backup, BackupOf(status.Backup)),
            (status.Apps, AppsOf(status.Apps)),
            .. DisksOf(status),
        ];

    // What is wrong has a row of its own.
    private IEnumerable<Line> Faults(LiveStatus status, int width) =>
        [
            .. ValuesOf(status)
                .Where(v => IsWrong(v.Value))
                .OrderByDescending(v => v.Value.Level)
                .Select(v => Row(v.Value, WhyOf(v.Value, v.Found), ToneOf(v.Value.Level)).Clip(width, glyphs.More)),
            .. status.Missing.Select(m => Sign(LiveLevel.Unknown).Add($" {m}", Tone.Quiet).Clip(width, glyphs.More)),
        ];

    private static string WhyOf(LiveValue value, string found) =>
        value.Why.Length == 0 ? found
        : value is LiveDisk disk ? $"{Held(disk)}: {value.Why}"
        : value.Why;

    // Two of them share a row.
    private IEnumerable<Line> Well(LiveStatus status, int width)
    {
        Line? left = null;
        foreach (var (value, found) in ValuesOf(status).Where(v => !IsWrong(v.Value)))
        {
            var row = Row(value, found, Tone.Normal);
            if (left is not null && row.Width <= width - Half)
            {
                yield return left.To(Half).Add(row);
                left = null;
            }
            else
            {
                if (left is not null)
                {
                    yield return left;
                }

                left = row;
                if (row.Width >= Half)
                {
                    yield return left.Clip(width, glyphs.More);
                    left = null;
                }
            }
        }

        if (left is not null)
        {
            yield return left;
        }
    }

    private Line Row(LiveValue value, string text, Tone tone) =>
        Sign(value.Level).Add($" {NameOf(value)}").To(Value).Add(text, tone);

    private static string NameOf(LiveValue value) =>
        value switch
        {
            LiveQueue => "queues",
            LiveDisk => "disk",
            _ => value.Subject,
        };

    // The queues together, as well as the worst of them.
    private static IEnumerable<(LiveValue, string)> QueuesOf(LiveStatus status)
    {
        if (status.Queues.Count == 0)
        {
            return [];
        }

        var worst = status.Queues.MaxBy(q => q.Level)!;
        var found = string.Join(
            ", ",
            status.Queues.Select(q => string.Create(CultureInfo.InvariantCulture, $"{q.Queue} {q.Length}"))
        );
        var oldest = status.Queues.Max(q => q.OldestSeconds ?? 0);
        if (oldest >= 60)
        {
            found += $", oldest {LiveWords.Age(oldest)}";
        }

        return [(worst with { Why = worst.Why.Length == 0 ? "" : $"{worst.Queue}: {worst.Why} ({found})" }, found)];
    }

    // Those that are well share a row.
    private static IEnumerable<(LiveValue, string)> DisksOf(LiveStatus status)
    {
        var well = status.Disks.Where(d => !IsWrong(d)).ToList();
        return
        [
            .. status.Disks.Where(IsWrong).Select(d => ((LiveValue)d, DiskOf(d))),
            .. well.Take(1).Select(d => ((LiveValue)d, string.Join(", ", well.Select(DiskOf)))),
        ];
    }

    // In steps, because the time of an answer is never the same twice.
    private static string AnswerOf(LiveAnswer answer) =>
        answer.Seconds switch
        {
            null => "no answer",
            < 0.25 => "answers at once",
            < 1 => "answers within 1 s",
            < 2 => "answers within 2 s",
            var seconds => string.Create(CultureInfo.InvariantCulture, $"answers in {seconds:0} s"),
        };

    // In steps: jobs begin each four minutes, so the age itself would change with each look.
    private static string SchedulerOf(LiveScheduler scheduler) =>
        scheduler.LastJobSeconds switch
        {
            null => LiveWords.Found(scheduler),
            < 5 * 60 => "last job <5 min ago",
            var seconds => $"last job {LiveWords.Age(seconds.Value)} ago",
        };

    private static string BackupOf(LiveBackup backup) =>
        backup.AgeSeconds is { } age ? $"{Up(TimeSpan.FromSeconds(age))} ago, by {backup.By}" : LiveWords.Found(backup);

    private static string DaysOf(LiveCertificate certificate) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(certificate.DaysLeft):0} days left");

    private static string AppsOf(LiveApps apps) =>
        apps.Locked is { } locked
            ? string.Create(CultureInfo.InvariantCulture, $"{apps.Count}, locked {locked.UtcDateTime:yyyy-MM-dd}")
            : "";

    private static string DiskOf(LiveDisk disk) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Held(disk)} {Math.Floor(disk.FreeBytes / 1e9):0} of {Math.Floor(disk.SizeBytes / 1e9):0} GB free"
        );

    // Without its article, which half a row has no room for.
    private static string Held(LiveDisk disk) => disk.Of.Replace("the ", "", StringComparison.Ordinal);

    private static string Why(LiveContainer container) =>
        container.Why.Length > 0 ? container.Why : LiveWords.Found(container);

    private Line Sign(LiveLevel level) =>
        level switch
        {
            LiveLevel.Well => new Line(glyphs.Done, Tone.Good),
            LiveLevel.Warns => new Line(glyphs.Warning, Tone.Warning),
            LiveLevel.Down => new Line(glyphs.Failed, Tone.Bad),
            _ => new Line(glyphs.Waiting, Tone.Quiet),
        };

    private static Tone ToneOf(LiveLevel level) =>
        level switch
        {
            LiveLevel.Well => Tone.Normal,
            LiveLevel.Warns => Tone.Warning,
            LiveLevel.Down => Tone.Bad,
            _ => Tone.Quiet,
        };
}
