using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;

namespace ErpInstaller.HostChecks;

/// <summary>Host checks failed, or could not be made, and are not accepted. <see cref="InstallerException.Details"/> names each with its hint.</summary>
public sealed class HostChecksFailed : InstallerException
{
    /// <param name="report">Has rows that stand in the way.</param>
    public HostChecksFailed(HostCheckReport report)
        : base(
            $"This host is not ready: {string.Join(", ", report.Blocking.Select(r => r.Id))}",
            "Mend it and run the same command again, or accept it with a reason: [host.accept] "
                + $"{report.Blocking[0].Id} = \"why\"",
            ExitCode.HostChecks
        )
    {
        Details = [.. report.Blocking.Select(Describe)];
    }

    private static string Describe(HostCheckRow row) =>
        TerminalText.Clean(
            $"{row.Id}: {row.Verdict}: {row.Found}; needed: {row.Needed}"
                + (row.Hint.Length == 0 ? "" : $"; hint: {row.Hint}")
        );
}
