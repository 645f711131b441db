using ErpInstaller.Answers;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.CommandLine;

public sealed class RehearsalTests : IDisposable
{
    private static readonly string[] Steps =
    [
        "host-checks",
        "apps",
        "certificate",
        "image",
        "deployment",
        "schedule",
        "verification",
    ];

    private const string Simulated = "REHEARSAL: everything is simulated, nothing is installed";

    private readonly Product _product = new();

    [Fact]
    public async Task A_rehearsal_of_the_sample_runs_to_its_end_and_never_says_that_something_was_installed()
    {
        var run = await InstallAsync();

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains("REHEARSAL", run.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was installed.", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Installed in", run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Errors);
    }

    [Fact]
    public async Task Two_steps_that_count_the_containers_come_to_the_same_number()
    {
        var run = await InstallAsync();

        var serving = ContainerGroups.Serving.Count();
        Assert.Contains(
            $"{serving + 2} containers on rehearsal: {serving} serve, 2 of init ended well\n",
            run.Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"https://erp.example.com answers, {serving + 2} containers\n",
            run.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_second_rehearsal_finds_everything_in_place()
    {
        await InstallAsync();

        var run = await InstallAsync("--output", "json");

        var finished = run.Events.Where(e => e.GetProperty("type").GetString() == "step-finished").ToList();
        Assert.Equal(Steps, finished.Select(e => e.GetProperty("step").GetString()));
        Assert.All(finished.Where(e => e.GetProperty("step").GetString() is not "verification"), e =>
            Assert.True(e.GetProperty("skipped").GetBoolean(), e.ToString())
        );
    }

    [Fact]
    public async Task Every_line_of_json_is_an_object_and_the_last_is_the_result()
    {
        var run = await InstallAsync("--output", "json");

        Assert.Equal("run-started", run.Events[0].GetProperty("type").GetString());
        Assert.Equal("result", run.Result.GetProperty("type").GetString());
        Assert.Equal("done", run.Result.GetProperty("status").GetString());
        Assert.Equal(0, run.Result.GetProperty("exit_code").GetInt32());
        Assert.True(run.Result.GetProperty("rehearsal").GetBoolean());
    }

    [Fact]
    public async Task A_plan_lists_all_changes_and_makes_none()
    {
        var run = await _product.RunAsync("plan", "--rehearse", "--answers", Product.Sample);

        Assert.Equal(10, run.ExitCode);
        Assert.All(Steps, s => Assert.Contains($"{s}: ", run.Output, StringComparison.Ordinal));
        Assert.Contains("Connection refused", run.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_product.StateDirectory, "state.toml")));
    }

    [Fact]
    public async Task After_a_rehearsal_the_plan_is_empty()
    {
        await InstallAsync();

        var run = await _product.RunAsync("plan", "--rehearse");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains("Nothing to do.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_shows_every_step_done_with_its_outputs()
    {
        await InstallAsync();

        var run = await _product.RunAsync("status", "--rehearse", "--output", "json");

        var known = run.Events.Where(e => e.GetProperty("type").GetString() == "step-status").ToList();
        Assert.Equal(Steps, known.Select(e => e.GetProperty("step").GetString()));
        Assert.All(known, e => Assert.Equal("done", e.GetProperty("status").GetString()));
        Assert.True(run.Result.GetProperty("rehearsal").GetBoolean());
    }

    [Theory]
    [InlineData("check")]
    [InlineData("plan")]
    [InlineData("export")]
    [InlineData("status")]
    public async Task The_first_line_of_every_command_says_that_it_is_a_rehearsal(string command)
    {
        await InstallAsync();

        var run = await _product.RunAsync([
            command,
            "--rehearse",
            .. command == "export" ? [_product.In("out")] : Array.Empty<string>(),
        ]);

        Assert.Matches(
            "^ERPNext v15.75.1 for erp.example.com - REHEARSAL: everything is simulated, nothing is installed\n",
            run.Output
        );
    }

    [Fact]
    public async Task A_rehearsal_that_ends_before_its_first_step_says_that_it_is_one()
    {
        await InstallAsync();
        var changed = await _product.RunAsync(
            "install",
            "--rehearse",
            "--answers",
            _product.SampleWith(("\"lending\"]", "]"))
        );
        var wrong = await _product.RunAsync(
            "install",
            "--rehearse",
            "--answers",
            _product.SampleWith(("\"hrms\"", "\"hrmms\""))
        );
        var mistyped = await _product.RunAsync("install", "--rehearse", "--acept-changes");

        Assert.Equal((6, 2, 2), (changed.ExitCode, wrong.ExitCode, mistyped.ExitCode));
        Assert.All([changed, wrong, mistyped], run =>
            Assert.EndsWith($"{Simulated}.\n", run.Errors, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_failed_rehearsal_says_that_it_was_a_rehearsal()
    {
        var unknown = _product.SampleWith(("[apps.override.crm]", "[apps.override.crm]\nref = \"v99.0.0\""));

        var run = await _product.RunAsync("install", "--rehearse", "--answers", unknown);

        run.FailedWith(4, "v99.0.0");
        Assert.EndsWith($"{Simulated}.\n", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_of_a_rehearsal_says_that_its_commits_are_invented()
    {
        var run = await _product.RunAsync("export", "--rehearse", "--answers", Product.Sample, _product.In("out"));

        Assert.Contains("commits and digests in these files are invented", run.Errors, StringComparison.Ordinal);
        Assert.EndsWith($" files written.\n{Simulated}.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_terminal_the_commands_that_are_proposed_are_of_the_rehearsal()
    {
        _product.Environments["ERP_INSTALLER_CALLED"] = "./erp-installer";
        var fresh = await _product.RunAsync("--rehearse");
        await InstallAsync();
        var done = await _product.RunAsync("--rehearse");

        Assert.Matches(@"\./erp-installer install --rehearse --state-dir \S+ --answers my\.toml ", fresh.Output);
        Assert.Matches(@"\./erp-installer status --rehearse --state-dir \S+ ", done.Output);
        Assert.All([fresh, done], run => Assert.EndsWith($"{Simulated}.\n", run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task State_is_for_its_owner_alone()
    {
        await InstallAsync();

        foreach (
            var entry in new DirectoryInfo(_product.StateDirectory)
                .EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
                .Append(new DirectoryInfo(_product.StateDirectory))
        )
        {
            Assert.True(
                (entry.UnixFileMode & (UnixFileMode)0b000_111_111) == 0,
                $"{entry.FullName}: {entry.UnixFileMode}"
            );
        }
    }

    [Fact]
    public async Task Changed_answers_are_refused_until_they_are_accepted()
    {
        await InstallAsync();
        var changed = _product.SampleWith(("\"lending\"]", "]"));

        var refused = await _product.RunAsync("install", "--rehearse", "--answers", changed);
        var accepted = await _product.RunAsync("install", "--rehearse", "--answers", changed, "--accept-changes");

        refused.FailedWith(6, "apps");
        Assert.Contains("--accept-changes", refused.Errors, StringComparison.Ordinal);
        Assert.True(accepted.ExitCode == 0, accepted.Output + accepted.Errors);
    }

    [Fact]
    public async Task Everything_can_be_exported_as_files()
    {
        var run = await _product.RunAsync("export", "--rehearse", "--answers", Product.Sample, _product.In("out"));

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        var files = Directory
            .EnumerateFiles(_product.In("out"), "*", SearchOption.AllDirectories)
            .Select(Path.GetFileName)
            .ToList();
        Assert.All(
            [
                "Dockerfile",
                "nginx.conf",
                "configurator.sh",
                "create-site.sh",
                "erpnext.nomad.hcl",
                "erpnext.nomad.json",
                "erpnext-data.nomad.hcl",
                "erpnext-init.nomad.hcl",
            ],
            name => Assert.Contains(name, files)
        );
    }

    public void Dispose() => _product.Dispose();

    private Task<ProductRun> InstallAsync(params string[] more) =>
        _product.RunAsync(["install", "--rehearse", "--answers", Product.Sample, .. more]);
}
