using System.Globalization;
using System.Text.RegularExpressions;

namespace ErpInstaller.Containers;

/// <summary>
/// The time that a line of a log begins with. Nomad keeps no times, so those that the programs write are all there is:
/// gunicorn, Frappe, MariaDB, nginx and Redis each have a form of their own.
/// </summary>
internal static partial class LogTime
{
    private const int Beginning = 100;

    private static readonly string[] Months =
    [
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "May",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
    ];

    /// <summary>The time of a line; null: it has none. A time without a zone is UTC, as containers are.</summary>
    public static DateTimeOffset? Find(string line)
    {
        var start = line.Length > Beginning ? line[..Beginning] : line;
        var found = Numbers().Match(start) is { Success: true } numbers ? numbers : Names().Match(start);
        if (!found.Success)
        {
            return null;
        }

        var month = found.Groups["month"].Value;
        var number = Array.IndexOf(Months, month) is >= 0 and var at
            ? (at + 1).ToString("00", CultureInfo.InvariantCulture)
            : month;
        var zone = found.Groups["zone"].Value is { Length: > 1 } written
            ? written.Replace(":", "", StringComparison.Ordinal)
            : "+0000";
        var clock = found.Groups["clock"].Value.Replace(' ', '0');
        return DateTimeOffset.TryParseExact(
            $"{found.Groups["year"]}-{number}-{found.Groups["day"]} {clock} {zone.Insert(3, ":")}",
            "yyyy-MM-dd HH:mm:ss zzz",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var time
        )
            ? time
            : null;
    }

    // 2026-11-29 01:02:03,456 · [2026-11-29 01:02:03 +0000] · 2026/11/29 01:02:03 · 2026-11-29  1:02:03
    [GeneratedRegex(
        @"(?<!\d)(?<year>\d{4})[-/](?<month>\d\d)[-/](?<day>\d\d)[ T](?<clock>[ \d]\d:\d\d:\d\d)"
            + @"(?:[.,]\d+)?(?:\s?(?<zone>Z|[+-]\d\d:?\d\d))?"
    )]
    private static partial Regex Numbers();

    // 29/Nov/2026:01:02:03 +0000 · 29 Nov 2026 01:02:03.456
    [GeneratedRegex(
        @"(?<!\d)(?<day>\d\d)[ /](?<month>[A-Z][a-z]{2})[ /](?<year>\d{4})[ :](?<clock>\d\d:\d\d:\d\d)"
            + @"(?:\.\d+)?(?: (?<zone>[+-]\d{4}))?"
    )]
    private static partial Regex Names();
}
