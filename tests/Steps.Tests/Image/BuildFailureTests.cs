using ErpInstaller.Answers;
using ErpInstaller.Image;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Image;

/// <summary>
/// <c>tests/cases/images/failures</c>: the output of a failed instruction (<c>NAME.log</c>), and the fault, message and
/// hint for the operator (<c>NAME.txt</c>).
/// </summary>
public sealed class BuildFailureTests
{
    private const string LogFile = "/var/lib/erp-installer/build.log";

    private static string Folder => Repository.In("tests", "cases", "images", "failures");

    public static TheoryData<string> Cases() =>
        [.. Directory.GetFiles(Folder, "*.log").Select(f => Path.GetFileNameWithoutExtension(f)!).Order()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_failed_build_is_explained(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, $"{name}.log"));
        var step = new DockerfileStep("RUN bash something", "crm: installing", "crm: installing", 4, "crm");

        var error = BuildFailed.From(
            step,
            lines[..^1],
            new BuildStopped(lines[^1], step.Instruction),
            LogFile,
            new AppsAnswers()
        );

        GoldenFile.Check(Path.Combine(Folder, $"{name}.txt"), $"{error.Fault}\n{error.Message}\n{error.Hint}\n");
    }

    [Theory]
    [InlineData("yarn", "error Command failed with signal \"SIGKILL\".")]
    [InlineData("yarn", "error Command failed with exit code 137.")]
    [InlineData("npm 6", "npm ERR! code ELIFECYCLE|npm ERR! errno 137|npm ERR! crm@1.0.0 build: `vite build`")]
    [InlineData("npm 10", "npm error code 1|npm error command failed|npm error signal SIGKILL")]
    [InlineData("pnpm", "vite v5.4.19 building for production...| ELIFECYCLE  Command failed with exit code 137.")]
    [InlineData("pnpm", " ELIFECYCLE  Command was killed with SIGKILL (Forced termination): vite build")]
    [InlineData("vite and the shell", "rendering chunks (72)...Killed")]
    [InlineData("bash", "/home/frappe/assets.sh: line 28:    41 Killed                  bench build --apps \"$name\"")]
    [InlineData("esbuild", "failed to run: signal: killed")]
    [InlineData(
        "esbuild",
        "error during build:|Error: The service was stopped|    at Socket.afterClose (main.js:613:28)"
    )]
    [InlineData("esbuild", "✘ [ERROR] The service was stopped: write EPIPE")]
    [InlineData("esbuild", "Error: The service is no longer running: write EPIPE")]
    [InlineData("esbuild", "fatal error: runtime: out of memory")]
    [InlineData("rolldown", "memory allocation of 67108864 bytes failed")]
    [InlineData(
        "pip",
        "  error: subprocess-exited-with-error|  │ exit code: -9|ERROR: Failed building wheel for psycopg2"
    )]
    [InlineData("gcc", "c++: fatal error: Killed signal terminated program cc1plus")]
    [InlineData("gcc", "gcc: internal compiler error: Killed (program cc1)")]
    [InlineData("python", "subprocess.CalledProcessError: Command '['yarn']' died with <Signals.SIGKILL: 9>.")]
    [InlineData("git", "error: index-pack died of signal 9|fatal: index-pack failed")]
    [InlineData("BuildKit", "process \"/bin/sh -c bench build\" did not complete successfully: exit code: 137")]
    public void A_killed_process_means_that_memory_ran_out_in_the_words_of_each_tool(string tool, string output) =>
        Assert.Equal((tool, BuildFault.OutOfMemory), (tool, FaultOf(output)));

    [Theory]
    [InlineData("yarn", "error Command failed with signal \"SIGTERM\".")]
    [InlineData("yarn and esbuild", "Error: The service was stopped|error Command failed with exit code 143.")]
    [InlineData("npm 6", "npm ERR! code ELIFECYCLE|npm ERR! errno 143|npm ERR! Exit status 143")]
    [InlineData("npm 10", "npm error command failed|npm error signal SIGTERM|npm error command sh -c vite build")]
    [InlineData("pnpm", " ELIFECYCLE  Command failed with exit code 143.")]
    [InlineData("pnpm", " ELIFECYCLE  Command was killed with SIGTERM (Termination): vite build")]
    [InlineData("the shell", "vite v5.4.19 building for production...|Terminated")]
    [InlineData("bash", "/home/frappe/assets.sh: line 28:    41 Terminated              bench build --apps \"$name\"")]
    [InlineData("esbuild", "failed to run: signal: terminated")]
    [InlineData(
        "pip",
        "  error: subprocess-exited-with-error|  │ exit code: -15|ERROR: Failed building wheel for psycopg2"
    )]
    [InlineData("gcc", "c++: fatal error: Terminated signal terminated program cc1plus")]
    [InlineData("python", "subprocess.CalledProcessError: Command '['yarn']' died with <Signals.SIGTERM: 15>.")]
    [InlineData("git", "error: index-pack died of signal 15")]
    [InlineData("BuildKit", "process \"/bin/sh -c bench build\" did not complete successfully: exit code: 143")]
    [InlineData(
        "BuildKit",
        "failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF"
    )]
    [InlineData("BuildKit", "failed to solve: Unavailable: error reading from server: EOF")]
    public void A_process_that_was_asked_to_end_is_recognised_in_the_words_of_each_tool(string tool, string output) =>
        Assert.Equal((tool, BuildFault.Terminated), (tool, FaultOf(output)));

    [Theory]
    [InlineData(
        "node",
        "FATAL ERROR: Ineffective mark-compacts near heap limit Allocation failed - JavaScript heap out of memory"
    )]
    [InlineData(
        "terser",
        "Error [ERR_WORKER_OUT_OF_MEMORY]: Worker terminated due to reaching memory limit: JS heap out of memory"
    )]
    [InlineData("yarn", "error Command failed with signal \"SIGABRT\".")]
    [InlineData("npm 6", "npm ERR! code ELIFECYCLE|npm ERR! errno 134")]
    [InlineData("pnpm", " ELIFECYCLE  Command failed with exit code 134.")]
    public void A_full_heap_of_node_is_recognised_in_the_words_of_each_tool(string tool, string output) =>
        Assert.Equal((tool, BuildFault.HeapLimit), (tool, FaultOf(output)));

    // An exit code inside of a longer number, and words of a programmer.
    [Theory]
    [InlineData("error Command failed with exit code 1.")]
    [InlineData("npm ERR! code ELIFECYCLE|npm ERR! errno 1")]
    [InlineData("transforming (137) src/killed.js")]
    [InlineData("warning: the worker is terminated after 143 files")]
    [InlineData("process \"/bin/sh -c bench build\" did not complete successfully: exit code: 1")]
    public void Other_failures_are_not_taken_for_a_signal(string output) =>
        Assert.Equal(BuildFault.Other, FaultOf(output));

    [Fact]
    public void The_line_with_the_cause_stays_above_a_long_traceback()
    {
        var lines = Enumerable
            .Range(1, 50)
            .Select(i => $"line {i}")
            .Prepend("fatal: unable to access: Could not resolve host")
            .ToList();

        var error = BuildFailed.From(null, lines, new BuildStopped("it stopped"), LogFile, new AppsAnswers());

        Assert.Equal([lines[0], .. lines[^19..]], error.Details);
    }

    [Fact]
    public void A_failed_build_keeps_its_last_20_lines()
    {
        var lines = Enumerable.Range(1, 50).Select(i => $"line {i}").ToList();

        var error = BuildFailed.From(null, lines, new BuildStopped("it stopped"), LogFile, new AppsAnswers());

        Assert.Equal(lines[^20..], error.Details);
        Assert.Equal("building the image: it stopped", error.Message);
    }

    private static BuildFault FaultOf(string output)
    {
        string[] lines =
        [
            .. output.Split('|'),
            "The command '/bin/sh -c bash assets.sh crm' returned a non-zero code: 1",
        ];
        var step = new DockerfileStep("RUN bash something", "crm: installing", "crm: installing", 4, "crm");
        return BuildFailed
            .From(step, lines[..^1], new BuildStopped(lines[^1], step.Instruction), LogFile, new AppsAnswers())
            .Fault;
    }
}
