using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;

namespace ErpInstaller.HostChecks;

/// <summary>The error of host checks that failed, or could not be made, and are not accepted.</summary>
public static class HostChecksFailed
{
    /// <summary><see cref="InstallerException.Details"/> names each check with its hint.</summary>
    /// <param name="report">At least one of its rows blocks.</param>
    /// <param name="effect">What that means for what the operator asked for; empty: the run says it.</param>
    public static InstallerException For(HostCheckReport report, string effect = "") =>
        new(
            ErrorCode.HostChecksFailed,
            $"This host is not ready: {string.Join(", ", report.Blocking.Select(r => r.Id))}"
                + (effect.Length == 0 ? "" : $"; {effect}"),
            "Repair it and run the same command again, or accept it with a reason: [host.accept] "
                + $"{report.Blocking[0].Id} = \"why\""
        )
        {
            Details = [.. report.Blocking.Select(Describe)],
        };

    private static string Describe(HostCheckRow row) =>
        TerminalText.Clean(
            $"{row.Id}: {row.Verdict}: {row.Found}; needed: {row.Needed}"
                + (row.Hint.Length == 0 ? "" : $"; hint: {row.Hint}")
        );
}
