using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.CommandLine;

/// <summary>
/// State directories of earlier versions of the installer, opened by today's. tests/cases/state/README.md says how each
/// was made.
/// </summary>
public sealed class KeptStateTests : IDisposable
{
    private const string Done = "763bed6-done";
    private const string Forks = "5ab39aa-forks";
    private const string KilledInImage = "763bed6-killed-image";
    private const string KilledInInit = "763bed6-killed-init";

    private readonly Product _product = new();

    [Fact]
    public async Task Status_of_a_finished_installation_says_done_for_each_step_that_its_version_had()
    {
        Open(Done);

        Assert.Equal(
            "host-checks done, apps done, certificate done, image done, deployment done, schedule pending, "
                + "verification done",
            await StatusAsync()
        );
        Assert.Contains(
            "All steps were done by the last run.",
            (await _product.RunAsync("status")).Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(KilledInImage, "image interrupted, deployment pending, schedule pending, verification pending")]
    [InlineData(KilledInInit, "image done, deployment interrupted, schedule pending, verification pending")]
    public async Task Status_of_a_killed_run_says_where_the_next_one_goes_on(string name, string status)
    {
        Open(name);

        Assert.Equal($"host-checks done, apps done, certificate done, {status}", await StatusAsync());
    }

    [Fact]
    public async Task The_plan_shows_what_the_newer_installer_makes_differently()
    {
        Open(Done);

        var plan = await _product.RunAsync("plan", "--rehearse");

        Assert.True(plan.ExitCode == 10, plan.Output + plan.Errors);
        Assert.Contains("helpdesk", plan.Output, StringComparison.Ordinal);
        Assert.Contains("v1.14.0", plan.Output, StringComparison.Ordinal);
        Assert.Contains("v1.13.0", plan.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Done, false)]
    [InlineData(Done, true)]
    [InlineData(KilledInImage, false)]
    [InlineData(KilledInImage, true)]
    [InlineData(KilledInInit, false)]
    [InlineData(KilledInInit, true)]
    public async Task The_newer_installer_goes_on_with_the_same_answers_without_a_question(
        string name,
        bool givesAnswers
    )
    {
        Open(name);
        string[] answers = givesAnswers ? ["--answers", Case(name, "answers.toml")] : [];

        var installed = await _product.RunAsync(["install", "--rehearse", .. answers]);
        var planned = await _product.RunAsync("plan", "--rehearse");

        Assert.True(installed.ExitCode == 0, installed.Output + installed.Errors);
        Assert.Contains(
            "apps: another version of the installer did this, with the same answers",
            installed.Output,
            StringComparison.Ordinal
        );
        Assert.True(planned.ExitCode == 0, planned.Output + planned.Errors);
    }

    [Fact]
    public async Task A_lock_with_a_fork_of_ERPNext_stays_as_it_is()
    {
        Open(Forks);

        Assert.Contains(
            "All steps were done by the last run.",
            (await _product.RunAsync("status")).Output,
            StringComparison.Ordinal
        );
        var installed = await _product.RunAsync("install", "--rehearse");

        Assert.True(installed.ExitCode == 0, installed.Output + installed.Errors);
        Assert.Contains("apps: in place", installed.Output, StringComparison.Ordinal);
        Assert.Equal(
            await File.ReadAllTextAsync(Case(Forks, "apps.lock.toml"), TestContext.Current.CancellationToken),
            await File.ReadAllTextAsync(
                Path.Combine(_product.StateDirectory, "apps.lock.toml"),
                TestContext.Current.CancellationToken
            )
        );
    }

    [Theory]
    [InlineData(KilledInImage, "image")]
    [InlineData(KilledInInit, "deployment")]
    public async Task A_killed_run_goes_on_at_the_step_that_was_cut_off(string name, string step)
    {
        Open(name);

        var run = await _product.RunAsync("install", "--rehearse");

        Assert.Contains($"{step}: started, attempt 2", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Done, "deployment")]
    [InlineData(KilledInImage, "apps")]
    public async Task An_answer_that_the_operator_changes_is_still_refused_until_it_is_accepted(
        string name,
        string step
    )
    {
        Open(name);
        var text = await File.ReadAllTextAsync(Case(name, "answers.toml"), TestContext.Current.CancellationToken);
        var changed = _product.Write(
            "changed.toml",
            text.Replace("\nbackend = 1\n", "\nbackend = 2\n", StringComparison.Ordinal)
                .Replace("\"lms\", ", "", StringComparison.Ordinal)
        );

        var refused = await _product.RunAsync("install", "--rehearse", "--answers", changed);

        refused.FailedWith(6, step);
    }

    [Fact]
    public async Task Another_image_in_the_release_is_shown_by_the_plan_and_is_no_changed_answer()
    {
        await _product.RunAsync("install", "--rehearse", "--answers", Product.Sample);
        var assets = AssetsWith("mariadb:10.6", "mariadb:10.6.99");

        var planned = await _product.RunAsync("plan", "--rehearse", "--assets", assets);
        var installed = await _product.RunAsync("install", "--rehearse", "--assets", assets);

        Assert.True(planned.ExitCode == 10, planned.Output + planned.Errors);
        Assert.Contains("mariadb:10.6.99", planned.Output, StringComparison.Ordinal);
        Assert.True(installed.ExitCode == 0, installed.Output + installed.Errors);
    }

    [Fact]
    public async Task Accepted_answers_that_were_edited_by_hand_are_changed_answers()
    {
        Open(Done);
        var accepted = Path.Combine(_product.StateDirectory, "answers.toml");
        var text = await File.ReadAllTextAsync(accepted, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            accepted,
            text.Replace("\nbackend = 1\n", "\nbackend = 2\n", StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );

        var refused = await _product.RunAsync("install", "--rehearse");

        refused.FailedWith(6, "deployment");
    }

    public void Dispose() => _product.Dispose();

    private static string Case(string name, string file) =>
        Path.Combine(Repository.Root, "tests", "cases", "state", name, file);

    // Git keeps neither modes nor times: the state is the file that was written last.
    private void Open(string name)
    {
        Directory.CreateDirectory(
            _product.StateDirectory,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
        foreach (var file in Directory.EnumerateFiles(Case(name, "")))
        {
            var copy = Path.Combine(_product.StateDirectory, Path.GetFileName(file));
            File.Copy(file, copy);
            File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.SetLastWriteTimeUtc(
                copy,
                DateTime.UtcNow.AddMinutes(Path.GetFileName(file) == "state.toml" ? -1 : -2)
            );
        }
    }

    private string AssetsWith(string old, string changed)
    {
        var source = Path.Combine(Repository.Root, "assets");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_product.In("assets"), Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllText(copy, File.ReadAllText(file).Replace(old, changed, StringComparison.Ordinal));
        }

        return _product.In("assets");
    }

    private async Task<string> StatusAsync()
    {
        var run = await _product.RunAsync("status", "--rehearse", "--output", "json");
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        return string.Join(
            ", ",
            run.Events.Where(e => e.GetProperty("type").GetString() == "step-status")
                .Select(e => $"{e.GetProperty("step").GetString()} {e.GetProperty("status").GetString()}")
        );
    }
}
