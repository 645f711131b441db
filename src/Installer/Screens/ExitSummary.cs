using ErpInstaller.Lines;

namespace ErpInstaller.Screens;

/// <summary>
/// The lines that stay on the terminal after the full screen: the result of the watched run, or how to see it again.
/// </summary>
internal static class ExitSummary
{
    /// <summary>Writes them; nothing if no run was watched.</summary>
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
