namespace ErpInstaller.Tests.Fixtures;

/// <summary>How a program ended and what it wrote, both its streams in the order they arrived.</summary>
public sealed record ProgramRun(int ExitCode, string Output)
{
    /// <summary>The output of a run that must have succeeded, without the white space around it.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}:\n{Output}");
        return Output.Trim();
    }
}
