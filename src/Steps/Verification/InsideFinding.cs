using System.Text.Json;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Verification;

/// <summary>What one look from inside the installation found.</summary>
/// <param name="Check">Which look: <c>inside-pdf</c>.</param>
/// <param name="Ok">It is as it must be, or worth a word only.</param>
/// <param name="IsWarning">Worth a word.</param>
/// <param name="Found">What was found, one line.</param>
public sealed record InsideFinding(string Check, bool Ok, bool IsWarning, string Found)
{
    /// <summary>Reads the lines of <c>verify.py</c>. Others are left out: they are not its own.</summary>
    public static IReadOnlyList<InsideFinding> In(IEnumerable<string> lines) =>
        [.. lines.Select(Read).OfType<InsideFinding>()];

    /// <summary>The script's last line is among these: no look is missing.</summary>
    public static bool AreAll(IEnumerable<string> lines) =>
        lines.Any(l => l.StartsWith("{\"looks\": ", StringComparison.Ordinal));

    private static InsideFinding? Read(string line)
    {
        if (!line.StartsWith("{\"check\": ", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return new InsideFinding(
                root.GetProperty("check").GetString() ?? "",
                root.GetProperty("ok").GetBoolean(),
                root.TryGetProperty("warning", out var warning) && warning.GetBoolean(),
                TerminalText.Clean(root.GetProperty("found").GetString() ?? "").ReplaceLineEndings(" ")
            );
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }
}
