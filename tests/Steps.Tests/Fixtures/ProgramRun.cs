namespace ErpInstaller.Tests.Fixtures;

/// <summary>The exit code of a program and its output, both streams in the order of arrival.</summary>
public sealed record ProgramRun(int ExitCode, string Output)
{
    /// <summary>The output of a run that must have succeeded, without the white space around it.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}:\n{Output}");
        return Output.Trim();
    }
}
