using System.Globalization;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;

namespace ErpInstaller.Lines;

/// <summary>Writes the result: success to the standard output, failure to the standard error.</summary>
internal static class ResultLines
{
    public static void Write(Finished result, PlainLines output, PlainLines errors)
    {
        if (result.Status == StepStatus.Done)
        {
            WriteDone(result, output);
            return;
        }

        foreach (var line in result.Details)
        {
            errors.WriteWhole($"  | {line}");
        }

        // Each line of a list of problems is a complete message. A run that continues is no error.
        errors.Write($"{(result.Status == StepStatus.Running ? "" : "error: ")}{result.Message}");
        if (!string.IsNullOrEmpty(result.Hint))
        {
            errors.WriteWhole($"hint: {result.Hint}");
        }

        if (result.Rehearsal)
        {
            errors.Write($"{RehearsalWords.Simulated}.");
        }
    }

    /// <summary>The outputs of a result for people: sizes with a unit.</summary>
    public static IEnumerable<KeyValuePair<string, string>> OutputsOf(Finished result) =>
        result.Outputs.Select(o =>
            o.Key.EndsWith("bytes", StringComparison.Ordinal)
                ? KeyValuePair.Create(
                    o.Key == "bytes" ? "size" : o.Key.Replace("_bytes", "", StringComparison.Ordinal),
                    ByteSize.Text(long.Parse(o.Value, CultureInfo.InvariantCulture))
                )
                : o
        );

    private static void WriteDone(Finished result, PlainLines output)
    {
        if (result.Message is not null)
        {
            output.WriteWhole(result.Message);
            if (result.Rehearsal)
            {
                output.Write($"{RehearsalWords.Simulated}.");
            }
        }
        else if (result.Seconds > 0)
        {
            foreach (var (name, value) in OutputsOf(result))
            {
                output.WriteWhole($"  {name, -12} {value}");
            }

            // Only an install has the site's address.
            var done = result.Outputs.ContainsKey("url") ? "Installed" : "Done";
            var took = Duration.Text(result.Seconds);
            output.Write(result.Rehearsal ? $"Rehearsal done in {took}. Nothing was installed." : $"{done} in {took}.");
            if (result.Outputs.TryGetValue("url", out var url) && !result.Rehearsal)
            {
                output.Write($"Next: sign in at {url} as {result.Outputs["user"]}. A new site begins with setup.");
                output.WriteWhole($"Later: {result.Hint}");
            }
        }
    }
}
