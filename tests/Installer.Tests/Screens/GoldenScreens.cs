using System.Text.RegularExpressions;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Screens;

/// <summary>
/// The expected screens, one text file each in <c>tests/cases/screens</c>. <c>UPDATE_GOLDEN=1</c> rewrites them;
/// <c>docs/screens/render</c> then draws the documentation's pictures from them.
/// </summary>
internal static partial class GoldenScreens
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    /// <summary>Waits until the terminal shows the same screen as its file.</summary>
    /// <param name="seen">A text that appears when the screen has all its data.</param>
    public static async Task IsAsync(TmuxSession terminal, string size, string name, params string[] seen)
    {
        var shown = await terminal.SeesAsync(seen);

        // The key bar is complete.
        Assert.Matches("F10 leave( .*[^…])?\n$", shown);
        var path = Path.Combine(Repository.Root, "tests", "cases", "screens", size, name + ".txt");
        var screen = Still(shown);
        if (Update)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, screen);
            return;
        }

        Assert.True(
            File.Exists(path),
            $"{path} does not exist. Write it: UPDATE_GOLDEN=1 ./test --no-engine WholeRehearsal"
        );
        Assert.Equal(await File.ReadAllTextAsync(path), screen);
    }

    // Replaces the parts that differ from run to run and from host to host.
    private static string Still(string screen)
    {
        screen = Elapsed().Replace(screen, " 0:00");
        screen = Fingerprint().Replace(screen, match => string.Concat(match.Value.Select(c => c == ':' ? c : '0')));
        screen = StatePath().Replace(screen, "/srv/rehearsal");
        screen = Days().Replace(screen, "824 days left");
        screen = Locked().Replace(screen, "locked 2026-11-28");
        screen = Up().Replace(screen, "<1 min");
        screen = PlanLength().Replace(screen, "Plan: 28 to make. Enter rehearses; 64 more lines below");
        return HostName()
            .Replace(screen, match => " ERPNext installer  erp.example.com  v15.75.1".PadRight(match.Length));
    }

    [GeneratedRegex(
        @"(?<=^.{15}) [ \d]?\d:\d\d|(?<=^.{14}) \d\d:\d\d|(?<=took.{8}) \d+:\d\d|(?<=[a-z]) \d+:\d\d(?=,|$)",
        RegexOptions.Multiline
    )]
    private static partial Regex Elapsed();

    [GeneratedRegex(@"(?<![\w:.])[0-9A-F]{1,2}(:[0-9A-F]{1,2}){3,}:?")]
    private static partial Regex Fingerprint();

    [GeneratedRegex(@"/\S+/erp-installer-test-\w+/state\b")]
    private static partial Regex StatePath();

    [GeneratedRegex(@"\d+ days left")]
    private static partial Regex Days();

    [GeneratedRegex(@"locked \d{4}-\d\d-\d\d")]
    private static partial Regex Locked();

    [GeneratedRegex(@"(?<=^ ✓ [a-z-]+ +)(<1 min|[1-9] min )(?= )", RegexOptions.Multiline)]
    private static partial Regex Up();

    // The length of the plan is not the screen's business; the tests of the plan check it.
    [GeneratedRegex(@"Plan: \d+ to make\. Enter rehearses; \d+ more lines below")]
    private static partial Regex PlanLength();

    [GeneratedRegex(@"\A ERPNext installer  \S+  v15\.75\.1 +(?=REHEARSAL)")]
    private static partial Regex HostName();
}
