using System.Diagnostics;
using System.Text;
using CliWrap;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>
/// The real program with a separate state directory. <c>./test</c> without a filter builds it natively and sets
/// <c>ERP_TEST_BINARY</c>; otherwise the program beside the tests runs.
/// </summary>
internal sealed class Product : IDisposable
{
    /// <summary>The program's path.</summary>
    public static readonly string Binary = Environment.GetEnvironmentVariable("ERP_TEST_BINARY")
        is { Length: > 0 } native
        ? native
        : Path.Combine(AppContext.BaseDirectory, "erp-installer");

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("erp-installer-test-");

    /// <summary>Variables of the program's environment; null removes one.</summary>
    public Dictionary<string, string?> Environments { get; } =
        new()
        {
            // The machine may have its own Nomad. A test that needs one names it.
            ["NOMAD_ADDR"] = null,
            ["NOMAD_TOKEN"] = null,
        };

    /// <summary>The state directory given to the program.</summary>
    public string StateDirectory => In("state");

    /// <summary>The sample answer file at the repository's root.</summary>
    public static string Sample => Path.Combine(Repository.Root, "installer.toml");

    /// <summary>A path in the test's directory.</summary>
    public string In(string name) => Path.Combine(_directory.FullName, name);

    /// <summary>Writes a file into the test's directory and returns its path.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(In(name), text);
        return In(name);
    }

    /// <summary>The sample answers with replaced lines, as a new file.</summary>
    public string SampleWith(params (string Old, string New)[] changes)
    {
        var text = File.ReadAllText(Sample);
        foreach (var (old, changed) in changes)
        {
            Assert.Contains(old, text, StringComparison.Ordinal);
            text = text.Replace(old, changed, StringComparison.Ordinal);
        }

        return Write("answers.toml", text);
    }

    /// <summary>Runs the program with the state directory of this test.</summary>
    public Task<ProductRun> RunAsync(params string[] arguments) => RunAsync(_ => false, arguments);

    /// <summary>Runs it and sends SIGTERM at the first output line with a text.</summary>
    public Task<ProductRun> RunAsync(Func<string, bool> interruptAt, params string[] arguments) =>
        RunAsync(interruptAt, ["TERM"], arguments);

    /// <summary>
    /// The same with other signals, one after another. The tests may ignore some of them, in the background of a shell
    /// or under nohup: the program must not inherit that.
    /// </summary>
    public async Task<ProductRun> RunAsync(Func<string, bool> interruptAt, string[] signals, string[] arguments)
    {
        var output = new StringBuilder();
        var errors = new StringBuilder();
        var wanted = new TaskCompletionSource();
        var running = Cli.Wrap("env")
            .WithArguments(["--default-signal", Binary, .. arguments, "--state-dir", StateDirectory])
            .WithEnvironmentVariables(Environments)
            .WithStandardOutputPipe(
                PipeTarget.ToDelegate(line =>
                {
                    output.AppendLine(line);
                    if (interruptAt(line))
                    {
                        wanted.TrySetResult();
                    }
                })
            )
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(errors))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync();
        if (await Task.WhenAny(wanted.Task, running.Task) == wanted.Task)
        {
            var kills = string.Join("; ", signals.Select(signal => $"kill -{signal} {running.ProcessId}"));
            await Cli.Wrap("sh").WithArguments(["-c", kills]).ExecuteAsync();
        }

        return new ProductRun((await running).ExitCode, output.ToString(), errors.ToString());
    }

    /// <summary>Starts the program with the state directory of this test, for tests that watch it.</summary>
    public RunningProgram Start(params string[] arguments) => StartIn("", arguments);

    /// <summary>The same with another state directory, whose path this is appended to.</summary>
    public RunningProgram StartIn(string deeper, params string[] arguments)
    {
        var how = new ProcessStartInfo(Binary, [.. arguments, "--state-dir", StateDirectory + deeper]);
        foreach (var (name, value) in Environments)
        {
            how.Environment[name] = value;
        }

        return new RunningProgram(how);
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Delete(recursive: true);
}
