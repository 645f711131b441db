using System.Text;
using CliWrap;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Certificate;

/// <summary>The openssl command line, with which most operators make and inspect certificates.</summary>
internal static class OpenSsl
{
    /// <summary>Runs openssl in a directory. Skips the test if openssl is not installed.</summary>
    public static async Task<string> RunAsync(string directory, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/openssl"), "needs openssl");
        var output = new StringBuilder();
        var result = await Cli.Wrap("/usr/bin/openssl")
            .WithArguments(arguments)
            .WithWorkingDirectory(directory)
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(output))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(TestContext.Current.CancellationToken);
        return new ProgramRun(result.ExitCode, output.ToString()).Succeeded();
    }
}
