using System.CommandLine;
using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary><c>install</c>: runs all steps and never asks.</summary>
internal static class InstallCommand
{
    private static readonly Option<bool> AcceptChanges = new("--accept-changes")
    {
        Description = "Continue although the answers changed since the last run.",
    };

    public static Command Create() =>
        EngineRun.CommandOf(
            Operation.Install,
            "Install unattended; resumes an interrupted run.",
            parsed => parsed.GetValue(AcceptChanges),
            AcceptChanges,
            CommonOptions.UpdateLock
        );
}
