using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.CommandLine;

/// <summary><c>support-bundle</c> as an operator types it.</summary>
public sealed class SupportBundleCommandTests : IDisposable
{
    private readonly Product _product = new();

    public void Dispose() => _product.Dispose();

    [Fact]
    public async Task It_lists_its_content_and_then_its_path()
    {
        Assert.Equal(0, (await _product.RunAsync("install", "--rehearse", "--answers", Product.Sample)).ExitCode);
        var archive = _product.In("help.tar.gz");

        var run = await _product.RunAsync("support-bundle", archive, "--rehearse");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Matches(@"\d kB  state/state\.toml: the state of each step; 1 × •••\n", run.Output);
        Assert.Contains($"\n{archive}\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($"Read it before you send it: tar -xzf {archive}", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            "not in the bundle: the state: certificate/site.key: a private key",
            run.Errors,
            StringComparison.Ordinal
        );
        (await _product.RunAsync("support-bundle", archive, "--rehearse")).FailedWith(2, "help.tar.gz exists already");
    }

    [Fact]
    public async Task It_is_made_where_the_answers_are_wrong_and_nothing_answers()
    {
        _product.Environments["NOMAD_ADDR"] = "http://127.0.0.1:1";
        _product.Environments["DOCKER_HOST"] = "unix:///nonexistent/docker.sock";
        var answers = _product.Write("answers.toml", "[site]\nadmin_password = \"Canary4Wrong\"\nname = 7\n");

        var run = await _product.RunAsync("support-bundle", _product.In("help.tar.gz"), "--answers", answers);

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains("warning: ", run.Errors, StringComparison.Ordinal);
        Assert.Contains("answers.toml: the answer file of --answers; 1 × •••", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistyped_answer_file_costs_no_other_part_of_it()
    {
        Assert.Equal(0, (await _product.RunAsync("install", "--rehearse", "--answers", Product.Sample)).ExitCode);

        var run = await _product.RunAsync([
            "support-bundle",
            _product.In("help.tar.gz"),
            "--rehearse",
            "--answers",
            _product.In("typo.toml"),
        ]);

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains("state/state.toml: the state of each step", run.Output, StringComparison.Ordinal);
        Assert.Contains("not in the bundle: the state: answers.toml: ", run.Errors, StringComparison.Ordinal);
        Assert.Contains("typo.toml", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_reads_the_list_as_JSON()
    {
        var archive = _product.In("help.tar.gz");

        var run = await _product.RunAsync(
            "support-bundle",
            archive,
            "--rehearse",
            "--answers",
            Product.Sample,
            "--output",
            "json"
        );

        var types = run.Events.Select(e => e.GetProperty("type").GetString()).ToList();
        Assert.Contains("bundle-file", types);
        Assert.Equal(
            archive,
            run.Events.Single(e => e.GetProperty("type").GetString() == "file").GetProperty("path").GetString()
        );
        Assert.Equal(0, run.Result.GetProperty("exit_code").GetInt32());
    }
}
