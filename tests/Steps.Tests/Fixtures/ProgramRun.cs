using System.Text;
using CliWrap;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>The exit code of a program and its output, both streams in the order of arrival.</summary>
public sealed record ProgramRun(int ExitCode, string Output)
{
    /// <summary>Runs a program in a directory.</summary>
    public static async Task<ProgramRun> OfAsync(string directory, string program, params string[] arguments)
    {
        var output = new StringBuilder();
        var result = await Cli.Wrap(program)
            .WithArguments(arguments)
            .WithWorkingDirectory(directory)
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(output))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(TestContext.Current.CancellationToken);
        return new ProgramRun(result.ExitCode, output.ToString());
    }

    /// <summary>The output of a run that must have succeeded, without the white space around it.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}:\n{Output}");
        return Output.Trim();
    }
}
