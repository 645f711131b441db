using ErpInstaller.Engine;

namespace ErpInstaller.Plain;

/// <summary>The result as lines: good news to the output, bad news to the errors.</summary>
internal static class ResultLines
{
    public static void Write(Finished result, TextWriter output, TextWriter errors)
    {
        if (result.Status == StepStatus.Done)
        {
            WriteDone(result, output);
            return;
        }

        foreach (var line in result.Details)
        {
            errors.WriteLine($"  | {line}");
        }

        // A list of problems is its own message: every line stands for itself. What still runs is no error.
        errors.WriteLine($"{(result.Status == StepStatus.Running ? "" : "error: ")}{result.Message}");
        if (!string.IsNullOrEmpty(result.Hint))
        {
            errors.WriteLine($"hint: {result.Hint}");
        }
    }

    private static void WriteDone(Finished result, TextWriter output)
    {
        if (result.Message is not null)
        {
            output.WriteLine(result.Message);
        }
        else if (result.Seconds > 0)
        {
            foreach (var (name, value) in result.Outputs)
            {
                output.WriteLine($"  {name,-12} {value}");
            }

            output.WriteLine(result.Rehearsal
                ? $"Rehearsal done in {Duration.Text(result.Seconds)}. Nothing was installed."
                : $"Installed in {Duration.Text(result.Seconds)}.");
        }
    }
}
