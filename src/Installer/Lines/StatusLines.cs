using System.Globalization;
using ErpInstaller.Run;

namespace ErpInstaller.Lines;

/// <summary>Writes the state of a step.</summary>
internal static class StatusLines
{
    private const int Indent = 6;

    public static void Write(StepKnown known, PlainLines output)
    {
        var state = known.State;
        var status = known.Status.ToString().ToLowerInvariant();
        string?[] more =
        [
            state.Finished is { } at ? string.Create(CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd HH:mm} UTC") : null,
            state.Attempt > 1 ? $"attempt {state.Attempt}" : null,
        ];
        output.Write($"{known.Step, -13} {status, -12} {string.Join(", ", more.OfType<string>())}".TrimEnd());
        foreach (var value in state.Outputs)
        {
            output.Write($"    {value.Key}: {value.Value}", Indent);
        }

        if (state.Message is not null)
        {
            output.Write($"    {state.Error}: {state.Message}", Indent);
            output.WriteWhole($"    hint: {state.Hint}");
        }
    }
}
