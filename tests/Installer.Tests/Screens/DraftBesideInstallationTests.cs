using ErpInstaller.Tests.Fixtures;
using Terminal.Gui.Input;

namespace ErpInstaller.Tests.Screens;

/// <summary>The dashboard while answers were changed and not installed.</summary>
public sealed class DraftBesideInstallationTests : IDisposable
{
    private const string Waiting = "changed answers wait: u shows them";

    private readonly ShownInstaller _shown = new(before: Install);

    public void Dispose() => _shown.Dispose();

    [Fact]
    public async Task The_dashboard_and_what_opens_from_it_name_the_installed_site_and_release()
    {
        await _shown.SeesAsync("✓ database");
        AssertNames("erp.example.com  v15.75.1");
        foreach (var key in new[] { Key.F1, Key.F4, Key.F10 })
        {
            _shown.Press(key);
            AssertNames("erp.example.com  v15.75.1");
            _shown.Press(Key.Esc);
        }

        _shown.Press(Key.L);
        await _shown.SeesAsync("The log of which containers?");
        AssertNames("erp.example.com  v15.75.1");
        _shown.Press(Key.Enter);
        await _shown.SeesAsync("ready for connections");
        AssertNames("erp.example.com  v15.75.1");
    }

    [Fact]
    public async Task It_says_that_changed_answers_wait_and_u_shows_them()
    {
        await _shown.SeesAsync(Waiting);

        _shown.Press(Key.U);

        await _shown.SeesAsync("Review: nothing is changed yet");
        AssertNames("other.example.com  v16.32.3");
        Assert.Contains("other.example.com", string.Join('\n', _shown.Screen.Lines.Skip(1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_questions_name_the_changed_answers()
    {
        await _shown.SeesAsync(Waiting);

        _shown.Press(Key.C);

        await _shown.SeesAsync("Is this host ready?");
        AssertNames("other.example.com  v16.32.3");
    }

    [Fact]
    public async Task The_installed_answers_can_be_taken_instead_and_then_none_wait()
    {
        await _shown.SeesAsync(Waiting);
        _shown.Press(Key.M);
        await _shown.SeesAsync("Drops the answers that were changed.");

        _shown.Press(Key.Enter);
        await _shown.SeesAsync("Review: nothing is changed yet");
        AssertNames("erp.example.com  v15.75.1");
        _shown.Press(Key.Esc, Key.Esc);

        await _shown.SeesAsync("✓ database");
        await _shown.SeesNoMoreAsync("wait");
    }

    [Fact]
    public async Task A_draft_with_the_installed_answers_is_no_change()
    {
        using var same = new ShownInstaller(before: directory =>
        {
            RehearsedSite.WriteTo(directory);
            File.Copy(Path.Combine(directory, "answers.toml"), Path.Combine(directory, "draft.toml"), overwrite: true);
        });

        await same.SeesAsync("✓ database");

        Assert.False(same.Work.Interview.DiffersFromAccepted);
        Assert.DoesNotContain("wait", same.Text, StringComparison.Ordinal);
    }

    private void AssertNames(string expected) =>
        Assert.StartsWith($" ERPNext installer  {expected} ", _shown.Text, StringComparison.Ordinal);

    private static void Install(string directory)
    {
        RehearsedSite.WriteTo(directory);
        File.WriteAllText(
            Path.Combine(directory, "draft.toml"),
            "schema = 1\n[erpnext]\nrelease = \"v16.32.3\"\n[site]\nname = \"other.example.com\"\n"
        );
    }
}
