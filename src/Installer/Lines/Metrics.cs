using System.Globalization;
using System.Text;
using ErpInstaller.Run;

namespace ErpInstaller.Lines;

/// <summary>
/// Writes how a running installation is as metrics, in Prometheus's text format. Their names never change;
/// docs/operating.md lists them. A value that is not known is left out.
/// </summary>
internal sealed class Metrics(TextWriter output, PlainLines errors)
{
    private readonly StringBuilder _text = new();
    private string _site = "";

    /// <summary>Writes an event's metrics. A failure goes to the standard error.</summary>
    public void Show(EngineEvent happened)
    {
        switch (happened)
        {
            case LiveStatus status:
                output.Write(TextOf(status));
                output.Flush();
                break;
            case Finished { Status: not StepStatus.Done } failed:
                ResultLines.Write(failed, errors, errors);
                break;
        }
    }

    /// <summary>The metrics of a look.</summary>
    public string TextOf(LiveStatus status)
    {
        _text.Clear();
        _site = $"site=\"{Escaped(status.Site)}\"";
        One("up", "1: the site answers.", status.Answer.Level == LiveLevel.Down ? 0 : 1);
        One("site_answer_seconds", "Time until the site answered.", status.Answer.Seconds);
        One("certificate_expiry_timestamp_seconds", "End of the certificate.", Unix(status.Certificate?.Expires));
        One("scheduler_enabled", "1: jobs run by schedule.", Flag(status.Scheduler.Enabled));
        One("scheduler_last_job_seconds", "Time since the last scheduled job began.", status.Scheduler.LastJobSeconds);
        Each("queue_length", "Jobs that wait.", status.Queues, q => q.Length);
        Each("queue_running", "Jobs that run.", status.Queues, q => q.Running);
        Each("queue_failed", "Jobs that failed in the last seven days.", status.Queues, q => q.Failed);
        Each("queue_abandoned", "Jobs that lost their worker.", status.Queues, q => q.Abandoned);
        Each("queue_oldest_job_seconds", "Age of the job that waits longest.", status.Queues, q =>
            q.OldestSeconds ?? 0
        );
        One("workers", "Workers that were heard from.", status.Workers.Count);
        One("workers_busy", "Workers with a job.", status.Workers.Busy);
        One("workers_wanted", "Workers that the answers want.", status.Workers.Wanted);
        One("backup_last_timestamp_seconds", "Time of the last backup.", Unix(status.Backup.Time));
        Each("disk_free_bytes", "Free space.", status.Disks, d => d.FreeBytes);
        Each("disk_size_bytes", "Size of the file system.", status.Disks, d => d.SizeBytes);
        List<LiveContainer> serving = [.. status.Containers.Where(c => !c.Ends)];
        Each("container_running", "1: it runs.", serving, c => c.State == "running" ? 1 : 0);
        Each("container_start_timestamp_seconds", "When it started.", serving, c => Unix(c.Started));
        Each("container_restarts", "Restarts in its place.", serving, c => c.Restarts);
        Each("container_oom_kills", "Kills for its memory that Nomad remembers.", serving, c => c.OomKills);
        Each("container_cpu_cores", "CPU that it uses.", serving, c => c.CpuMillicores / 1000);
        Each("container_cpu_reserved_cores", "CPU reserved for it.", serving, c => c.CpuReservedMillicores / 1000);
        Each("container_memory_bytes", "Memory without the cache of files.", serving, c => Bytes(c.MemoryMebibytes));
        Each("container_memory_limit_bytes", "Its limit of memory.", serving, c => Bytes(c.MemoryLimitMebibytes));
        Each("level", "0 well, 1 unknown, 2 warns, 3 down.", [.. status.Values], v => (int)v.Level);
        One("read_timestamp_seconds", "When all this was read.", Unix(status.At));
        return _text.ToString();
    }

    private void One(string name, string help, double? value) => Write(name, help, [(_site, value)]);

    private void Each<T>(string name, string help, IReadOnlyList<T> values, Func<T, double?> of)
        where T : LiveValue => Write(name, help, values.Select(v => ($"{_site},{LabelOf(v)}", of(v))));

    private void Write(string name, string help, IEnumerable<(string Labels, double? Value)> samples)
    {
        var known = samples.Where(s => s.Value is not null).ToList();
        if (known.Count == 0)
        {
            return;
        }

        _text.Append(CultureInfo.InvariantCulture, $"# HELP erpnext_{name} {help}\n# TYPE erpnext_{name} gauge\n");
        foreach (var (labels, value) in known)
        {
            _text.Append(CultureInfo.InvariantCulture, $"erpnext_{name}{{{labels}}} {value}\n");
        }
    }

    private static string LabelOf(LiveValue value) =>
        value switch
        {
            LiveQueue q => $"queue=\"{Escaped(q.Queue)}\"",
            LiveDisk d => $"disk=\"{Escaped(d.Of)}\"",
            _ => $"subject=\"{Escaped(value.Subject)}\"",
        };

    private static string Escaped(string text) =>
        text.Replace("\\", @"\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);

    private static double? Unix(DateTimeOffset? time) => time?.ToUnixTimeSeconds();

    private static double? Flag(bool? value) =>
        value switch
        {
            null => null,
            true => 1,
            false => 0,
        };

    private static double? Bytes(double? mebibytes) => mebibytes * 1024 * 1024;
}
