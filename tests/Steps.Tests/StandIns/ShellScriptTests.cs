using System.Text;
using CliWrap;

namespace ErpInstaller.Tests.StandIns;

/// <summary>Runs shellcheck on the repository's shell scripts.</summary>
public sealed class ShellScriptTests
{
    [Fact]
    public async Task Shell_scripts_have_no_findings()
    {
        Assert.SkipUnless(
            (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(':')
                .Any(dir => File.Exists(Path.Combine(dir, "shellcheck"))),
            "needs shellcheck"
        );

        var root = RepositoryRoot();
        string[] scripts =
        [
            Path.Combine(root, "test"),
            .. Directory.EnumerateFiles(Path.Combine(root, "assets", "deployment"), "*.sh"),
            .. Directory.EnumerateFiles(Path.Combine(root, "tests", "setup"), "*.sh"),
            .. Directory.EnumerateFiles(Path.Combine(root, "tests", "standins"), "*.sh", SearchOption.AllDirectories),
        ];
        var findings = new StringBuilder();
        await Cli.Wrap("shellcheck")
            .WithArguments(["--external-sources", "--format=gcc", .. scripts])
            .WithWorkingDirectory(root)
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(findings))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(TestContext.Current.CancellationToken);

        Assert.Equal("", findings.ToString());
    }

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "ErpInstaller.sln")))
        {
            directory = directory.Parent;
        }

        return directory.FullName;
    }
}
