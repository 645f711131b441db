using ErpInstaller.Lines;

namespace ErpInstaller.Screens;

/// <summary>
/// The lines that stay on the terminal after the full screen: the result of the watched run, or how to see it again.
/// Answers that could not be saved are reported too.
/// </summary>
internal static class ExitSummary
{
    /// <summary>Writes them.</summary>
    public static void Write(ScreenContext work, PlainLines output, PlainLines errors)
    {
        if (work.Interview.NotKept is { } notKept)
        {
            errors.WriteWhole($"The last answers are not saved: {notKept.Message}. {notKept.Hint}");
        }

        if (work.Run.View.Result is { } result)
        {
            ResultLines.Write(result, output, errors);
        }
        else if (work.Run.IsAtWork)
        {
            output.WriteWhole(
                work.Run.IsToldToStop
                    ? $"The {work.Run.Word} stops. Go on later: {work.Commands.Start}"
                    : $"The {work.Run.Word} goes on. Look in again: {work.Commands.Start}"
            );
        }
    }
}
