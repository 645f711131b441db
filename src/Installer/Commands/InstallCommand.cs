using System.CommandLine;
using ErpInstaller.Engine;

namespace ErpInstaller.Commands;

/// <summary><c>install</c>: runs all steps and never asks.</summary>
internal static class InstallCommand
{
    public static Command Create()
    {
        var acceptChanges = new Option<bool>("--accept-changes")
        {
            Description = "Go on although the answers changed since steps were done with them.",
        };
        var command = new Command("install", "Install unattended; goes on where an earlier run ended.") { acceptChanges, CommonOptions.UpdateLock };
        command.SetAction((parsed, cancellation) => Session.RunAsync(
            CommonOptions.Read(parsed),
            async session => (ExitCode)(await new Engine.Installer(session.Open(parsed.GetValue(CommonOptions.UpdateLock))).RunAsync(parsed.GetValue(acceptChanges), cancellation)).ExitCode));
        return command;
    }
}
