using ErpInstaller.Lines;

namespace ErpInstaller.Screens;

/// <summary>What stays on the terminal when the full screen has left it: how the run that was watched ended, or where it goes on.</summary>
internal static class ExitSummary
{
    /// <summary>Writes it; nothing where no run was watched.</summary>
    public static void Write(Workspace work, PlainLines output, PlainLines errors)
    {
        if (work.Run.Result is { } result)
        {
            ResultLines.Write(result, output, errors);
        }
        else if (work.IsInstalling)
        {
            output.WriteWhole(
                work.IsToldToStop
                    ? $"The {work.RunWord} stops. Go on later: {work.Commands.Start}"
                    : $"The {work.RunWord} goes on. Look in again: {work.Commands.Start}"
            );
        }
    }
}
