using ErpInstaller.Tests.Fixtures;
using ErpInstaller.Tests.Terminal;

namespace ErpInstaller.Tests.CommandLine;

/// <summary><c>scale</c> as an operator types it, in a rehearsal.</summary>
public sealed class ScaleCommandTests : IDisposable
{
    private readonly Product _product = new();

    public void Dispose() => _product.Dispose();

    [Fact]
    public async Task The_answer_file_is_edited_the_containers_follow_and_a_second_install_has_nothing_to_do()
    {
        var file = _product.SampleWith(("backend = 1", "backend = 1 # one is enough"));
        await InstallAsync(file);

        var run = await _product.RunAsync("scale", "backend", "2", "--yes", "--rehearse", "--answers", file);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains($"scale.backend: 1 → 2 in {file}", run.Output, StringComparison.Ordinal);
        Assert.Contains("backend = 2 # one is enough", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        Assert.Contains("13 containers", run.Output, StringComparison.Ordinal);
        var again = await _product.RunAsync("plan", "--rehearse", "--answers", file);
        Assert.Contains("Nothing to do.", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_answer_file_the_accepted_answers_are_edited_with_their_comments()
    {
        await InstallAsync(Product.Sample);

        var run = await _product.RunAsync("scale", "queue_short", "2", "-y", "--rehearse", "--output", "json");

        Assert.Equal(0, run.ExitCode);
        var change = run.Events.Single(e => e.GetProperty("type").GetString() == "answer");
        Assert.Equal("scale.queue_short", change.GetProperty("key").GetString());
        Assert.Equal(("1", "2"), (change.GetProperty("before").GetString(), change.GetProperty("after").GetString()));
        Assert.Equal(
            "install",
            run.Events.Single(e => e.GetProperty("type").GetString() == "run-started")
                .GetProperty("operation")
                .GetString()
        );
        var kept = await File.ReadAllTextAsync(Path.Combine(_product.StateDirectory, "answers.toml"));
        var sample = (await File.ReadAllTextAsync(Product.Sample)).Replace(
            "queue_short = 1",
            "queue_short = 2",
            StringComparison.Ordinal
        );
        Assert.Equal(sample, kept);
    }

    [Fact]
    public async Task The_same_number_changes_nothing()
    {
        await InstallAsync(Product.Sample);

        var run = await _product.RunAsync("scale", "backend", "1", "--rehearse");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains("scale.backend is 1 already. Nothing was changed.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_an_interruption_the_same_command_goes_on()
    {
        await InstallAsync(Product.Sample);

        var interrupted = await _product.RunAsync(
            l => l.Contains("deployment: started", StringComparison.Ordinal),
            "scale",
            "backend",
            "2",
            "--yes",
            "--rehearse"
        );
        var run = await _product.RunAsync("scale", "backend", "2", "--yes", "--rehearse");

        Assert.Equal(130, interrupted.ExitCode);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains("13 containers", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no terminal to confirm it", "erp-installer scale .*backend 2 --yes", "backend", "2")]
    [InlineData("scheduler always has one container", "backend, queue-short, queue-long", "scheduler", "2", "-y")]
    [InlineData("bakend: there is no such group of containers; did you mean backend?", "hint", "bakend", "2", "-y")]
    [InlineData("scale.backend: must be from 1 to 64", "scale.backend is 1", "backend", "0", "-y")]
    public async Task What_cannot_be_done_is_refused_and_nothing_changes(
        string message,
        string hint,
        params string[] words
    )
    {
        await InstallAsync(Product.Sample);

        var run = await _product.RunAsync(["scale", .. words, "--rehearse"]);

        run.FailedWith(2, message);
        Assert.Matches(hint, run.Errors);
        Assert.Contains(
            "Nothing to do.",
            (await _product.RunAsync("plan", "--rehearse")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_number_that_no_node_has_room_for_leaves_the_answer_file_as_it_is()
    {
        var file = _product.SampleWith();
        await InstallAsync(file);

        var run = await _product.RunAsync("scale", "backend", "64", "--yes", "--rehearse", "--answers", file);

        run.FailedWith(3, "This host is not ready: nomad-capacity");
        Assert.Equal(await File.ReadAllTextAsync(Product.Sample), await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Other_changes_of_the_answers_are_not_installed_with_it()
    {
        await InstallAsync(Product.Sample);
        var file = _product.SampleWith(("http_port = 80", "http_port = 8080"));

        var run = await _product.RunAsync("scale", "backend", "2", "--yes", "--rehearse", "--answers", file);

        run.FailedWith(6, "The answers changed since these steps were done");
        Assert.Contains("backend = 1", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n", "Nothing was changed.", "backend = 1")]
    [InlineData("y", "13 containers", "backend = 2")]
    public async Task On_a_terminal_the_plan_is_shown_and_a_question_asked(string typed, string said, string line)
    {
        var file = _product.SampleWith();
        await InstallAsync(file);
        using var terminal = new PseudoTerminal(
            $"\"$0\" scale backend 2 --rehearse --answers '{file}' --state-dir '{_product.StateDirectory}'",
            Product.Binary
        );
        await terminal.SeesAsync("Rehearse it now? [y/N]");

        terminal.Send($"{typed}\r");
        await terminal.EndsAsync();

        Assert.Contains("Count: 1 → 2", terminal.Output, StringComparison.Ordinal);
        Assert.Contains(said, terminal.Output, StringComparison.Ordinal);
        Assert.Contains(line, await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_an_install_there_is_nothing_to_scale()
    {
        var run = await _product.RunAsync("scale", "backend", "2", "--yes", "--rehearse", "--answers", Product.Sample);

        run.FailedWith(4, "nothing was installed from this state directory");
    }

    private async Task InstallAsync(string answers) =>
        Assert.Equal(0, (await _product.RunAsync("install", "--rehearse", "--answers", answers)).ExitCode);
}
