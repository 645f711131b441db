using CliWrap;
using CliWrap.Buffered;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.CommandLine;

/// <summary>Wrong command lines.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly Product _product = new();

    [Theory]
    [InlineData("instal", "there is no such command; did you mean install?")]
    [InlineData("export --rehaerse", "there is no such option; did you mean --rehearse?")]
    [InlineData("install --acept-changes", "there is no such option; did you mean --accept-changes?")]
    [InlineData("install --plain", "there is no such option here; it belongs to erp-installer without a command")]
    [InlineData(
        "check --update-lock",
        "there is no such option here; it belongs to erp-installer install and erp-installer plan"
    )]
    [InlineData("frobnicate", "frobnicate: there is no such command")]
    [InlineData("status frontend", "frontend: status does not take this argument")]
    [InlineData("apps list", "list: there is no such command")]
    public async Task An_unknown_word_is_reported(string words, string said) =>
        (await _product.RunAsync(words.Split(' '))).FailedWith(2, said);

    [Fact]
    public async Task A_missing_argument_is_named_and_the_command_explained()
    {
        var run = await _product.RunAsync("validate");

        run.FailedWith(2, "FILE");
        Assert.Contains("hint: erp-installer validate --help", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hint_can_name_every_command_of_the_program()
    {
        var help = (await _product.RunAsync("--help")).Output;
        List<string> commands =
        [
            .. help[help.IndexOf("Commands:", StringComparison.Ordinal)..]
                .Split('\n')
                .Where(l => l.StartsWith("  ", StringComparison.Ordinal) && char.IsAsciiLetter(l[2]))
                .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]),
        ];
        var called = new OwnCommands("./erp-installer", "");

        Assert.Contains("install", commands);
        Assert.All(commands, c => Assert.Equal($"./erp-installer {c}", called.In($"erp-installer {c}")));
    }

    [Fact]
    public async Task A_hint_calls_the_program_as_it_was_called()
    {
        _product.Environments["ERP_INSTALLER_CALLED"] = "/opt/my tools/erp-installer";

        var mistyped = await _product.RunAsync("validate");
        var idle = await _product.RunAsync("attach");

        Assert.Contains(
            "hint: '/opt/my tools/erp-installer' validate --help\n",
            mistyped.Errors,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $": '/opt/my tools/erp-installer' status --state-dir {_product.StateDirectory}.",
            idle.Errors,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_start_script_passes_the_typed_name()
    {
        var script = _product.In("erp-installer");
        File.Copy(Path.Combine(Repository.Root, "erp-installer"), script);
        string[] sources = ["src", "assets"];
        string[] files = ["Directory.Build.props", "Directory.Packages.props", "global.json"];
        sources.ToList().ForEach(s => Directory.CreateDirectory(_product.In(s)));
        files.ToList().ForEach(f => _product.Write(f, ""));

        // As if it were built from these sources.
        Directory.CreateDirectory(_product.In("build"));
        File.SetUnixFileMode(
            _product.Write("build/erp-installer", "#!/bin/sh\necho \"$ERP_INSTALLER_CALLED $*\"\n"),
            UnixFileMode.UserRead | UnixFileMode.UserExecute
        );
        _product.Write("build/.sources", "");

        var run = await Cli.Wrap("bash")
            .WithArguments(["-c", "./erp-installer plan"])
            .WithWorkingDirectory(Path.GetDirectoryName(script)!)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);

        Assert.Equal("./erp-installer plan\n", run.StandardOutput);
    }

    [Fact]
    public async Task Errors_are_JSON_when_JSON_was_requested()
    {
        var run = await _product.RunAsync("instal", "--output", "json");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Errors);
        Assert.Equal(
            ("result", "failed", 2),
            (
                run.Result.GetProperty("type").GetString(),
                run.Result.GetProperty("status").GetString(),
                run.Result.GetProperty("exit_code").GetInt32()
            )
        );
    }

    public void Dispose() => _product.Dispose();
}
