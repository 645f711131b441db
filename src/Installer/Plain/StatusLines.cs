using System.Globalization;
using ErpInstaller.Engine;

namespace ErpInstaller.Plain;

/// <summary>What is known of a step as lines.</summary>
internal static class StatusLines
{
    public static void Write(StepKnown known, TextWriter output)
    {
        var state = known.State;
        var when = state.Finished is { } at ? string.Create(CultureInfo.InvariantCulture, $" {at:yyyy-MM-dd HH:mm} UTC") : "";
        output.WriteLine($"{known.Step,-13} {known.Status.ToString().ToLowerInvariant(),-12}{when}{(state.Attempt > 1 ? $", attempt {state.Attempt}" : "")}");
        foreach (var value in state.Outputs)
        {
            output.WriteLine($"    {value.Key}: {value.Value}");
        }

        if (state.Message is not null)
        {
            output.WriteLine($"    {state.Error}: {state.Message}");
            output.WriteLine($"    hint: {state.Hint}");
        }
    }
}
