using ErpInstaller.Answers;
using Terminal.Gui.Input;

namespace ErpInstaller.Tests.Screens;

/// <summary>
/// The state directory becomes unwritable while the operator answers. The screen says so and keeps all answers.
/// </summary>
public sealed class UnwritableStateTests : IDisposable
{
    private readonly ShownInstaller _shown = new();

    [Fact]
    public async Task An_accepted_check_that_cannot_be_saved_is_reported_and_applies_in_this_session()
    {
        await _shown.SeesAsync("New installation");
        _shown.Work.Interview.Keep(_shown.Work.Interview.Answers with { Scale = new ScaleAnswers { Backend = 40 } });
        _shown.Press(Key.Enter);
        await _shown.SeesAsync("1 to fix or accept: nomad-capacity");

        MakeUnwritable();
        _shown.Press(Key.A).Type("a larger node comes").Press(Key.Enter);

        await SaysHowToFixItAsync();
        Assert.Contains("accepted: a larger node comes", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chosen_app_is_saved_as_soon_as_the_directory_can_be_written_again()
    {
        await _shown.SeesAsync("New installation");
        _shown.Press(Key.Enter);
        await _shown.SeesAsync(ShownInstaller.AllPass);
        _shown.Press(Key.Enter);
        await _shown.SeesAsync("10 apps");

        MakeUnwritable();
        _shown.Press(Key.CursorDown, Key.Space);
        await SaysHowToFixItAsync();
        Assert.DoesNotContain("crm", _shown.Work.Interview.Answers.Apps.Install);

        MakeWritable();
        _shown.Press(Key.CursorDown, Key.Space);
        await _shown.SeesAsync("8 apps");
        Assert.Contains("F10 leave", _shown.Text, StringComparison.Ordinal);
        await _shown.UntilAsync(
            () => !File.ReadAllText(_shown.In("draft.toml")).Contains("\"crm\"", StringComparison.Ordinal),
            "the draft has the app still"
        );
    }

    [Fact]
    public async Task A_form_that_cannot_be_saved_stays_open_until_it_can()
    {
        await _shown.AtSiteAsync();

        MakeUnwritable();
        _shown.Type("erp.example.com").Press(Key.Enter);
        await SaysHowToFixItAsync();
        Assert.Contains("The site", _shown.Text, StringComparison.Ordinal);

        MakeWritable();
        _shown.Press(Key.Enter);
        await _shown.SeesAsync("The certificate");
        Assert.Contains(
            "erp.example.com",
            await File.ReadAllTextAsync(_shown.In("draft.toml"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_node_that_cannot_be_saved_is_reported_on_its_form()
    {
        await AtAsync("Nomad");
        _shown.Press(Key.CursorDown, Key.CursorDown, Key.CursorDown, Key.CursorDown, Key.CursorDown, Key.F2);
        await _shown.SeesAsync("it fits");

        MakeUnwritable();
        _shown.Press(Key.Enter);

        await SaysHowToFixItAsync();
        Assert.Equal("rehearsal", _shown.Work.Interview.Answers.Nomad.Node);
    }

    [Fact]
    public async Task A_size_that_cannot_be_saved_is_reported_and_the_review_repeats_it()
    {
        await AtAsync("Counts and sizes");
        await _shown.SeesAsync("It fits on rehearsal");

        MakeUnwritable();
        _shown.Press(Key.Tab).Type("900").Press(Key.Tab);
        await SaysHowToFixItAsync();
        Assert.Contains("900", _shown.Text, StringComparison.Ordinal);

        _shown.Press(Key.Enter);
        await _shown.SeesAsync("Review");
        await SaysHowToFixItAsync();
    }

    [Fact]
    public async Task Installing_into_an_unwritable_state_directory_fails_with_a_hint()
    {
        await _shown.SeesAsync("New installation");

        MakeUnwritable();
        _shown.ScreenFlow.Install();

        await _shown.SeesAsync("The run failed");
        Assert.Contains("the state directory cannot be written", Unwrapped(), StringComparison.Ordinal);
        Assert.Empty(_shown.Install.Started);
    }

    public void Dispose()
    {
        if (!Directory.Exists(_shown.In("")))
        {
            MakeWritable();
        }

        _shown.Dispose();
    }

    private async Task AtAsync(string page)
    {
        await _shown.AtSiteAsync();
        string[] pages = ["The certificate", "The Docker image", "Nomad", "Counts and sizes"];
        foreach (var next in pages.Take(Array.IndexOf(pages, page) + 1))
        {
            _shown.Press(Key.Enter);
            await _shown.SeesAsync(next);
        }
    }

    // Tests may run as root, which ignores file modes. A file in the directory's place stops root too.
    private void MakeUnwritable()
    {
        // A write that is still going on would create the directory again.
        _shown.Work.Interview.Flush();
        var path = StatePath();
        Directory.Move(path, path + ".away");
        File.WriteAllText(path, "");
    }

    private void MakeWritable()
    {
        var path = StatePath();
        File.Delete(path);
        Directory.Move(path + ".away", path);
    }

    private string StatePath() => _shown.Work.Directory.Path;

    // Another thread writes the draft.
    private async Task SaysHowToFixItAsync() =>
        await _shown.UntilAsync(
            () => Unwrapped().Contains("the state directory cannot be written", StringComparison.Ordinal),
            "not reported"
        );

    private string Unwrapped() => string.Join(' ', _shown.Screen.Lines.Select(l => l.Split('│')[^1].Trim()));
}
