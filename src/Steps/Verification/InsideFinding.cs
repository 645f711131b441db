using System.Text.Json;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Verification;

/// <summary>The result of one inside check.</summary>
/// <param name="Check">The check's id, for example <c>inside-pdf</c>.</param>
/// <param name="Ok">True when the check passed, possibly with a warning.</param>
/// <param name="IsWarning">True for a warning.</param>
/// <param name="Found">The result in one line.</param>
internal sealed record InsideFinding(string Check, bool Ok, bool IsWarning, string Found)
{
    /// <summary>Reads the output of <c>verify.py</c>. Lines of other programs are skipped.</summary>
    public static IReadOnlyList<InsideFinding> In(IEnumerable<string> lines) =>
        [.. lines.Select(Read).OfType<InsideFinding>()];

    /// <summary>True when the script's last line is present: no check is missing.</summary>
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
