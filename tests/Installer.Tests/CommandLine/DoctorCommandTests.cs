using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.CommandLine;

/// <summary><c>doctor</c> as an operator types it.</summary>
public sealed class DoctorCommandTests : IDisposable
{
    private readonly Product _product = new();

    public void Dispose() => _product.Dispose();

    [Fact]
    public async Task A_well_installation_gets_exit_code_0_and_each_look_a_line()
    {
        Assert.Equal(0, (await _product.RunAsync("install", "--rehearse", "--answers", Product.Sample)).ExitCode);

        var run = await _product.RunAsync("doctor", "--rehearse");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Matches(@"(?m)^well +containers +10 of 10 run$", run.Output);
        Assert.Matches(@"(?m)^warns +backup-schedule +no schedule; expected: a backup every day, ", run.Output);
        Assert.Matches(@"(?m)^\d+ well, .*\.$", run.Output);
    }

    [Fact]
    public async Task What_is_not_well_comes_last_and_each_hint_is_a_command()
    {
        await _product.RunAsync("install", "--rehearse", "--answers", Product.Sample);

        var run = await _product.RunAsync("doctor", "--rehearse");

        var lines = run.Output.Split('\n');
        var lastWell = Array.FindLastIndex(lines, l => l.StartsWith("well ", StringComparison.Ordinal));
        Assert.True(Array.FindIndex(lines, l => l.StartsWith("warns ", StringComparison.Ordinal)) > lastWell);
        Assert.All(lines.Where(l => l.Contains("hint: ", StringComparison.Ordinal)), l =>
            Assert.Matches(@"^ +hint: erp-installer [a-z-]+( [a-z]+)* --rehearse --state-dir \S+( \S+)*$", l)
        );
    }

    [Fact]
    public async Task Without_Nomad_the_exit_code_is_not_0_and_the_other_looks_are_made()
    {
        _product.Environments["NOMAD_ADDR"] = "http://127.0.0.1:1";

        var run = await _product.RunAsync("doctor", "--answers", Product.Sample, "--output", "json");

        Assert.Equal(7, run.ExitCode);
        var looks = run.Events.Where(e => e.GetProperty("type").GetString() == "look").ToList();
        var nomad = looks.Single(l => l.GetProperty("look").GetString() == "nomad");
        Assert.Equal("bad", nomad.GetProperty("verdict").GetString());
        Assert.Contains("clock", looks.Select(l => l.GetProperty("look").GetString()));
    }
}
