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

        var error = BuildFailed.From(step, lines[..^1], new BuildStopped(lines[^1], step.Instruction), LogFile);

        GoldenFile.Check(Path.Combine(Folder, $"{name}.txt"), $"{error.Fault}\n{error.Message}\n{error.Hint}\n");
    }

    [Fact]
    public void The_line_with_the_cause_stays_above_a_long_traceback()
    {
        var lines = Enumerable
            .Range(1, 50)
            .Select(i => $"line {i}")
            .Prepend("fatal: unable to access: Could not resolve host")
            .ToList();

        var error = BuildFailed.From(null, lines, new BuildStopped("it stopped"), LogFile);

        Assert.Equal([lines[0], .. lines[^19..]], error.Details);
    }

    [Fact]
    public void A_failed_build_keeps_its_last_20_lines()
    {
        var lines = Enumerable.Range(1, 50).Select(i => $"line {i}").ToList();

        var error = BuildFailed.From(null, lines, new BuildStopped("it stopped"), LogFile);

        Assert.Equal(lines[^20..], error.Details);
        Assert.Equal("building the image: it stopped", error.Message);
    }
}
