using System.Text.Json;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>The result of a run of the program.</summary>
internal sealed record ProductRun(int ExitCode, string Output, string Errors)
{
    /// <summary>The lines of <c>--output json</c>, parsed.</summary>
    public IReadOnlyList<JsonElement> Events =>
        [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];

    /// <summary>The last line of <c>--output json</c>.</summary>
    public JsonElement Result => Events[^1];

    /// <summary>Asserts a one-line error with a hint and this exit code, and nothing that looks like a crash.</summary>
    public void FailedWith(int exitCode, string message)
    {
        Assert.True(exitCode == ExitCode, $"exit code {ExitCode}:\n{Output}{Errors}");
        Assert.Contains(message, Errors, StringComparison.Ordinal);
        Assert.Single(Errors.Split('\n'), l => l.StartsWith("error: ", StringComparison.Ordinal));
        Assert.Contains("\nhint: ", Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ErpInstaller", Errors, StringComparison.Ordinal);
    }
}
