using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using ErpInstaller.Tests.Fixtures;
using ErpInstaller.Tests.Terminal;

namespace ErpInstaller.Tests.Lines;

/// <summary>The questions as lines, asked by the real program.</summary>
public sealed class PlainQuestionsTests : IDisposable
{
    private readonly Product _product = new();

    [Fact]
    public async Task Enter_on_every_question_and_a_site_name_rehearse_a_whole_install_and_leave_a_usable_file()
    {
        var saved = _product.In("mine.toml");

        var run = await TypeAsync([.. Enter(2), "ERP.example.com", "erp.example.com", .. Enter(19), saved, "y"]);

        Assert.True(run.ExitCode == 0, run.StandardOutput + run.StandardError);
        Assert.Contains("did you mean erp.example.com?", run.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("Rehearsal done", run.StandardOutput, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(saved));
        var again = await _product.RunAsync("plan", "--rehearse", "--answers", saved);
        Assert.True(again.ExitCode is 0 or 10, again.Output + again.Errors);
    }

    [Fact]
    public async Task The_questions_about_a_cluster_are_asked_and_its_plan_is_shown()
    {
        var run = await TypeAsync([
            .. Enter(2),
            "erp.example.com",
            .. Enter(9),
            "cluster",
            "",
            "registry.example.com:5000",
            .. Enter(10),
            "node-b",
            .. Enter(2),
            "nfs.example.com:/srv/erpnext",
            .. Enter(3),
            "-",
            "n",
        ]);

        Assert.Contains(
            "is empty: every node of a cluster pulls the image",
            run.StandardOutput,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is missing: the topology cluster needs a place for the database and the queue",
            run.StandardOutput,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is missing: in a cluster all nodes share the sites",
            run.StandardOutput,
            StringComparison.Ordinal
        );
        var review = run.StandardOutput[
            run.StandardOutput.IndexOf("Review: nothing is changed yet.", StringComparison.Ordinal)..
        ];
        Assert.Matches("Runs on +cluster", review);
        Assert.Matches("Data node +node-b", review);
        Assert.Matches("Sites by NFS +nfs.example.com:/srv/erpnext", review);
        Assert.Contains("Save the answers as", review, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_input_keeps_the_answers_and_shows_the_next_command()
    {
        var run = await TypeAsync([.. Enter(2), "erp.example.com", "CorrectHorse7", "CorrectHorse7"]);

        Assert.Equal(130, run.ExitCode);
        Assert.Contains("go on with: erp-installer --plain --rehearse", run.StandardError, StringComparison.Ordinal);
        Assert.EndsWith(
            "REHEARSAL: everything is simulated, nothing is installed.\n",
            run.StandardError,
            StringComparison.Ordinal
        );
        var draft = await File.ReadAllTextAsync(
            Path.Combine(_product.StateDirectory, "draft.toml"),
            TestContext.Current.CancellationToken
        );
        Assert.Contains("name = \"erp.example.com\"", draft, StringComparison.Ordinal);
        Assert.DoesNotContain("CorrectHorse7", draft + run.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apps_are_selected_by_their_numbers_and_I_can_go_back_to_a_question()
    {
        var run = await TypeAsync(["", "crm", "", "<", "crm", ""]);

        Assert.Contains("[ ] crm", run.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("Numbers or names select or deselect", run.StandardOutput, StringComparison.Ordinal);
        Assert.EndsWith(
            "[x] crm",
            run.StandardOutput[..(run.StandardOutput.LastIndexOf("] crm", StringComparison.Ordinal) + 5)],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_unset_variable_is_accepted_with_a_warning()
    {
        var run = await TypeAsync([.. Enter(2), "erp.example.com", "env:ERP_INSTALLER_TEST_IS_NOT_SET", ""]);

        Assert.Contains(
            "warning: Administrator: the environment variable ERP_INSTALLER_TEST_IS_NOT_SET is not set",
            run.StandardOutput,
            StringComparison.Ordinal
        );
        Assert.Contains("HTTPS port", run.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_is_not_shown_and_an_interrupted_terminal_is_as_it_was()
    {
        using var terminal = new PseudoTerminal(
            string.Create(
                CultureInfo.InvariantCulture,
                $"\"$0\" --plain --rehearse --state-dir {_product.StateDirectory}; echo \"ended $?\""
            ),
            Product.Binary
        );
        await terminal.SeesAsync("Release [");
        terminal.Send("\r");
        await terminal.SeesAsync("Apps [");
        terminal.Send("\r");
        await terminal.SeesAsync("Host name [");
        terminal.Send("erp.example.com\r");
        await terminal.SeesAsync("Administrator [");
        terminal.Send("CorrectHorse7\r");
        await terminal.SeesAsync(", again:");
        terminal.Send("\u0003");
        await terminal.SeesAsync("ended 130");
        await terminal.EndsAsync();

        Assert.DoesNotContain("CorrectHorse7", terminal.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _product.Dispose();

    private static IEnumerable<string> Enter(int times) => Enumerable.Repeat("", times);

    private async Task<BufferedCommandResult> TypeAsync(IEnumerable<string> lines) =>
        await Cli.Wrap(Product.Binary)
            .WithArguments(["--plain", "--rehearse", "--state-dir", _product.StateDirectory])
            .WithEnvironmentVariables(_product.Environments)
            .WithWorkingDirectory(Path.GetDirectoryName(_product.StateDirectory)!)
            .WithStandardInputPipe(PipeSource.FromString(string.Concat(lines.Select(l => l + "\n"))))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();
}
