using System.Text.RegularExpressions;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Screens;

/// <summary>Characters whose width differs between terminals.</summary>
public sealed partial class RealTerminalTests : IDisposable
{
    private const int Lines = 120;

    // From the output of yarn, vite and npm, and from other writing systems.
    private static readonly string[] Words =
    [
        "⚠️ deprecated",
        "⚡️",
        "ℹ️ 12 kB",
        "👨‍👩‍👧",
        "🇩🇪",
        "👍🏽",
        "1️⃣",
        "✅",
        "🚀",
        "漢字",
        "नमस्ते",
        "e\u0323\u0302",
        "\u00ad",
        "─│┌",
        "built in 3.1 s",
    ];

    private readonly Product _product = new();

    public void Dispose() => _product.Dispose();

    [Fact]
    public async Task Each_log_line_stays_in_its_row_for_any_build_output()
    {
        Directory.CreateDirectory(
            _product.StateDirectory,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
        await File.WriteAllLinesAsync(
            Path.Combine(_product.StateDirectory, "install.log"),
            Enumerable.Range(1, Lines).Select(Line),
            TestContext.Current.CancellationToken
        );
        await using var terminal = await TmuxSession.StartAsync(_product, 80, 24);
        await terminal.SeesAsync("New installation");
        await terminal.PressAsync("F4");
        await terminal.SeesAsync($"following, {Lines} lines");

        foreach (
            var (key, first) in ((string, int)[])
                [
                    ("Home", 1),
                    ("PageDown", 19),
                    ("Down", 20),
                    ("Down", 21),
                    ("PageDown", 39),
                    ("PageUp", 21),
                    ("Up", 20),
                    ("Home", 1),
                ]
        )
        {
            await terminal.PressAsync(key);
            var rows = (await terminal.SeesAsync($"line {first} of {Lines}")).Split('\n')[3..21];

            Assert.All(rows, (row, at) =>
                Assert.StartsWith(Known(row), Known(Line(first + at)), StringComparison.Ordinal)
            );
        }
    }

    private static string Line(int number) =>
        $"{number, 3} "
        + string.Join(
            ' ',
            Enumerable.Range(0, 3 + (number * 7 % 23)).Select(word => Words[((number * 5) + (word * 3)) % Words.Length])
        );

    // Removes the characters that terminals show differently.
    private static string Known(string text) => Unsure().Replace(text, "");

    [GeneratedRegex(@"[^!->@-~]")]
    private static partial Regex Unsure();
}
