using ErpInstaller.Answers;
using ErpInstaller.Engine;
using ErpInstaller.Releases;
using Terminal.Gui.Input;

namespace ErpInstaller.Tests.Screens;

/// <summary>From the first screen to the review.</summary>
public sealed class ChoosingTests : IDisposable
{
    private readonly ShownInstaller _shown = new();

    [Fact]
    public async Task Enter_all_the_way_through_installs_with_answers_that_are_valid()
    {
        await _shown.AtSiteAsync();
        foreach (var next in (string[])["The certificate", "The Docker image", "Nomad", "Counts and sizes", "Review"])
        {
            _shown.Press(Key.Enter);
            await _shown.SeesAsync(next);
        }

        await _shown.SeesAsync("Enter installs");
        _shown.Press(Key.Enter);
        await _shown.SeesAsync("Installing");
        _shown.Install.Tell(new RunStarted("erp.example.com", "v15.75.1", Rehearsal: true, [StepId.Apps]), new StepStarted(StepId.Apps, 1, "no lock file"));
        await _shown.SeesAsync("Installing: apps");

        var text = Assert.Single(_shown.Install.Started);
        Assert.NotEmpty(AnswersReader.ReadText(text, "started.toml", AnswersVocabulary.Of(new ReleaseCatalog(new()))).Answers.Site.Name);
    }

    [Fact]
    public async Task The_name_that_I_type_replaces_the_proposal_and_is_kept_as_a_draft()
    {
        await _shown.AtSiteAsync();
        _shown.Type("erp.example.com").Press(Key.Enter);
        await _shown.SeesAsync("The certificate");

        Assert.Contains("name = \"erp.example.com\"", await File.ReadAllTextAsync(_shown.In("draft.toml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("erp.example.com  v15", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_name_is_said_while_I_type_and_Enter_stays()
    {
        await _shown.AtSiteAsync();
        _shown.Type("erp..x").Press(Key.Enter);

        Assert.Contains("is not a host name", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("The site", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_typed_password_is_neither_shown_nor_in_the_draft()
    {
        await _shown.AtSiteAsync();
        _shown.Press(Key.CursorDown).Type("correcthorse");
        Assert.DoesNotContain("correct", _shown.Text, StringComparison.Ordinal);
        _shown.Press(Key.Enter);
        await _shown.SeesAsync("The certificate");

        Assert.DoesNotContain("correcthorse", await File.ReadAllTextAsync(_shown.In("draft.toml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("correcthorse", await File.ReadAllTextAsync(_shown.In("secrets/admin_password"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task I_leave_out_an_app_that_I_found_by_a_word_of_its_description()
    {
        await _shown.SeesAsync("New installation");
        _shown.Press(Key.Enter);
        await _shown.SeesAsync("14 pass");
        _shown.Press(Key.Enter);
        await _shown.SeesAsync("10 apps");

        _shown.Press(new Key('/')).Type("quizzes").Press(Key.Enter, Key.Space);

        Assert.DoesNotContain("lms", _shown.Work.Answers.Apps.Install);
        await _shown.SeesAsync("9 apps");
    }

    [Fact]
    public async Task What_is_wrong_with_a_given_certificate_is_said_while_I_type()
    {
        await _shown.AtSiteAsync();
        _shown.Press(Key.Enter);
        await _shown.SeesAsync("The certificate");
        _shown.Press(Key.CursorRight, Key.CursorDown).Type("/nonexistent/chain.pem").Press(Key.CursorDown).Type("/nonexistent/key.pem");

        Assert.Contains("/nonexistent/chain.pem", _shown.Text, StringComparison.Ordinal);
        await _shown.SeesAsync("there is no file");
    }

    [Fact]
    public async Task All_that_is_wrong_with_an_answer_file_is_listed()
    {
        var file = _shown.In("wrong.toml");
        await File.WriteAllTextAsync(file, "schema = 1\n[site]\nname = \"a b\"\nport = 1\n", TestContext.Current.CancellationToken);
        await _shown.SeesAsync("Load an answer file");

        _shown.Press(Key.CursorDown, Key.Enter).Type(file).Press(Key.Enter);

        await _shown.SeesAsync("site.name");
        Assert.Contains("site.port", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_small_a_terminal_says_what_it_needs_and_loses_nothing()
    {
        await _shown.AtSiteAsync();
        _shown.Type("erp.example.com");
        _shown.Screen.Resize(70, 20);
        _shown.Press(Key.Enter);
        Assert.Contains("needs 80x24, this terminal has 70x20", _shown.Text, StringComparison.Ordinal);

        _shown.Screen.Resize(100, 30);
        await _shown.SeesAsync("erp.example.com");
        Assert.Contains("The site", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F1_explains_the_screen_and_Esc_leads_back()
    {
        await _shown.AtSiteAsync();
        _shown.Press(Key.F1);
        Assert.Contains("Help: The site", _shown.Text, StringComparison.Ordinal);

        _shown.Press(Key.Esc);
        await _shown.SeesAsync("Host name");
    }

    public void Dispose() => _shown.Dispose();
}
