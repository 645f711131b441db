using ErpInstaller.Lines;

namespace ErpInstaller.Screens;

/// <summary>
/// The lines that stay on the terminal after the full screen: the result of the watched run, or the command that shows
/// the run again. Also reports answers that could not be saved.
/// </summary>
internal static class ExitSummary
{
    /// <summary>Writes them.</summary>
    public static void Write(ScreenContext work, PlainLines output, PlainLines errors)
    {
        if (work.Interview.NotKept is { } notKept)
        {
            errors.WriteWhole($"The last answers were not saved: {notKept.Message}. {notKept.Hint}");
        }

        if (work.Run.View.Result is { } result)
        {
            ResultLines.Write(result, output, errors);
        }
        else if (work.Run.IsAtWork)
        {
            output.WriteWhole(
                work.Run.IsToldToStop
                    ? $"The {work.Run.Words.Noun} is stopping. To resume it: {work.Commands.Start}"
                    : $"The {work.Run.Words.Noun} continues. To watch it: {work.Commands.Start}"
            );
        }
    }
}
