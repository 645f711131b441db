using System.Globalization;
using ErpInstaller.Containers;

namespace ErpInstaller.Tests.Containers;

/// <summary>The times in the logs of the programs in the containers.</summary>
public sealed class LogTimeTests
{
    [Theory]
    [InlineData("[2026-11-29 01:02:03 +0000] [7] [INFO] Booting worker", "2026-11-29T01:02:03Z")]
    [InlineData("2026-11-29 01:02:03,456 WARNING frappe slow", "2026-11-29T01:02:03Z")]
    [InlineData("2026-11-29  1:02:03 0 [Note] mariadbd", "2026-11-29T01:02:03Z")]
    [InlineData("2026-11-29 01:02:03 0 [Note] mariadbd: ready", "2026-11-29T01:02:03Z")]
    [InlineData("2026/11/29 01:02:03 [error] 12#12: *1 connect() failed", "2026-11-29T01:02:03Z")]
    [InlineData("192.0.2.7 - - [29/Nov/2026:03:02:03 +0200] \"GET / HTTP/1.1\"", "2026-11-29T01:02:03Z")]
    [InlineData("1:M 29 Nov 2026 01:02:03.456 * Ready", "2026-11-29T01:02:03Z")]
    [InlineData("2026-11-29T01:02:03.1Z msg", "2026-11-29T01:02:03Z")]
    [InlineData("01:02:03 default: Job OK", null)]
    [InlineData("2026-13-29 01:02:03 never", null)]
    [InlineData("", null)]
    public void The_time_of_a_line_is_read_in_the_form_of_its_program(string line, string? time)
    {
        Assert.Equal(
            time is null ? null : DateTimeOffset.Parse(time, CultureInfo.InvariantCulture),
            LogTime.Find(line)
        );
    }
}
