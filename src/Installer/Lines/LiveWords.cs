using System.Globalization;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;

namespace ErpInstaller.Lines;

/// <summary>What was read of a running installation, in words.</summary>
internal static class LiveWords
{
    /// <summary>A value in a few words, without its judgement.</summary>
    public static string Found(LiveValue value) =>
        value switch
        {
            LiveContainer c => c.Ends && c.State == "dead" ? "ended"
            : c.Ends && c.State == "absent" ? "-"
            : c.State,
            LiveAnswer { Seconds: { } seconds, Level: not LiveLevel.Down } a => Inv(
                $"{a.Url} answers in {seconds * 1000:0} ms"
            ),
            LiveAnswer a => a.Url,
            LiveCertificate c => Inv($"{Math.Floor(c.DaysLeft):0} days left, until {c.Expires.UtcDateTime:yyyy-MM-dd}"),
            LiveName n => n.Addresses.Count == 0 ? "no address" : string.Join(", ", n.Addresses),
            LiveScheduler { Enabled: false } => "off",
            LiveScheduler { LastJobSeconds: { } last } => $"the last job began {Age(last)} ago",
            LiveScheduler { Enabled: true } => "on",
            LiveQueue q => Inv($"{q.Length} waiting, {q.Running} running, {q.Failed} failed")
                + (q.OldestSeconds is { } oldest ? $", the oldest for {Age(oldest)}" : ""),
            LiveWorkers { Count: { } count } w => Inv($"{count} of {w.Wanted}, {w.Busy} busy"),
            LiveBackup { AgeSeconds: { } age } b => $"{Age(age)} ago, by {b.By}",
            LiveDisk d => $"{ByteSize.Text(d.FreeBytes)} of {ByteSize.Text(d.SizeBytes)} free",
            LiveApps { Locked: { } locked } a => Inv(
                $"{a.Count} apps beside ERPNext, locked {locked.UtcDateTime:yyyy-MM-dd}"
            ),
            _ => "",
        };

    /// <summary>An age in its largest unit, which does not change each second: <c>40 s</c>, <c>3 h</c>.</summary>
    public static string Age(double seconds) =>
        TimeSpan.FromSeconds(seconds) switch
        {
            { TotalMinutes: < 1 } t => Inv($"{(int)t.TotalSeconds} s"),
            { TotalHours: < 1 } t => Inv($"{(int)t.TotalMinutes} min"),
            { TotalDays: < 2 } t => Inv($"{(int)t.TotalHours} h"),
            var t => Inv($"{(int)t.TotalDays} days"),
        };

    private static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
