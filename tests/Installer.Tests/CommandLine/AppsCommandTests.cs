using ErpInstaller.Tests.Fixtures;
using ErpInstaller.Tests.Terminal;

namespace ErpInstaller.Tests.CommandLine;

/// <summary><c>apps add</c> and <c>apps remove</c> as an operator types them, in a rehearsal.</summary>
public sealed class AppsCommandTests : IDisposable
{
    private readonly Product _product = new();

    public void Dispose() => _product.Dispose();

    [Fact]
    public async Task An_app_is_added_with_what_it_needs_and_the_answer_file_keeps_its_comments()
    {
        var file = Answers("""["hrms"] # for now""");
        await InstallAsync(file);

        var run = await _product.RunAsync("apps", "add", "helpdesk", "--yes", "--rehearse", "--answers", file);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains("helpdesk needs telephony, so that is added too", run.Output, StringComparison.Ordinal);
        Assert.Contains("3 apps locked: hrms", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            """install = ["hrms", "helpdesk"] # for now""",
            await File.ReadAllTextAsync(file),
            StringComparison.Ordinal
        );
        var plan = await _product.RunAsync("plan", "--rehearse", "--answers", file);
        Assert.Contains("Nothing to do.", plan.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_is_removed_after_a_backup_and_can_be_brought_back_by_a_rollback()
    {
        var file = Answers("""["hrms", "helpdesk", "crm"]""");
        await InstallAsync(file);

        var run = await _product.RunAsync(
            "apps",
            "remove",
            "helpdesk",
            "--confirm",
            "helpdesk",
            "--rehearse",
            "--answers",
            file
        );

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains("only helpdesk needs telephony, so that is removed too", run.Output, StringComparison.Ordinal);
        Assert.Matches("- app helpdesk.*a backup is made and read back first", run.Output);
        Assert.Contains(
            "removed from erp.example.com: helpdesk, telephony; backup 4f3c2b1a has the data",
            run.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("""install = ["hrms", "crm"]""", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        var plan = await _product.RunAsync("plan", "--rehearse", "--answers", file);
        Assert.Contains("Nothing to do.", plan.Output, StringComparison.Ordinal);
        var back = await _product.RunAsync("rollback", "--replace", "erp.example.com", "--rehearse", "--answers", file);
        Assert.Equal(0, back.ExitCode);
    }

    [Theory]
    [InlineData("Release v16.32.3 has no app helpdsk; did you mean helpdesk?", "crm, gameplan", "add", "helpdsk")]
    [InlineData("hrms is installed already", "erp-installer install", "add", "hrms")]
    [InlineData("erpnext is installed already", "erp-installer install", "add", "erpnext")]
    [InlineData("erpnext belongs to every site", "erp-installer remove", "remove", "erpnext")]
    [InlineData("telephony cannot be removed: helpdesk needs it", "apps .*remove helpdesk", "remove", "telephony")]
    [InlineData("erp.example.com does not have the app crm", "erpnext, hrms", "remove", "crm", "--confirm", "crm")]
    [InlineData("The app is hrms, not crm", "remove hrms --confirm hrms", "remove", "hrms", "--confirm", "crm")]
    [InlineData("there is no terminal to confirm it", "remove hrms --confirm hrms", "remove", "hrms")]
    [InlineData("Release v16.32.3 has no app hrmss", "apps.install", "remove", "hrmss")]
    [InlineData("there is no terminal to confirm it", "add crm --yes", "add", "crm")]
    public async Task What_cannot_be_done_is_refused_and_nothing_changes(
        string message,
        string hint,
        params string[] words
    )
    {
        var file = Answers("""["hrms", "helpdesk"]""");
        await InstallAsync(file);
        var before = await File.ReadAllTextAsync(file);

        var run = await _product.RunAsync(["apps", .. words, "--rehearse", "--answers", file]);

        run.FailedWith(2, message);
        Assert.Matches(hint, run.Errors);
        Assert.Equal(before, await File.ReadAllTextAsync(file));
    }

    [Theory]
    [InlineData("helpdesk", 0, "removed from erp.example.com: helpdesk")]
    [InlineData("hrms", 2, "The app is helpdesk, not hrms: nothing was removed")]
    public async Task On_a_terminal_the_name_of_the_app_is_asked_for(string typed, int exitCode, string said)
    {
        var file = Answers("""["hrms", "helpdesk"]""");
        await InstallAsync(file);
        using var terminal = new PseudoTerminal(
            $"\"$0\" apps remove helpdesk --rehearse --answers '{file}' --state-dir '{_product.StateDirectory}'; "
                + "echo code=$?",
            Product.Binary
        );
        await terminal.SeesAsync("Type its name to go on:");

        terminal.Send($"{typed}\r");
        await terminal.EndsAsync();

        Assert.Contains(said, terminal.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains($"code={exitCode}", terminal.Output, StringComparison.Ordinal);
    }

    private string Answers(string apps) =>
        _product.Write(
            "answers.toml",
            $"""
            schema = 1
            [erpnext]
            release = "v16.32.3"
            [site]
            name = "erp.example.com"
            [apps]
            install = {apps}
            """
        );

    private async Task InstallAsync(string answers) =>
        Assert.Equal(0, (await _product.RunAsync("install", "--rehearse", "--answers", answers)).ExitCode);
}
