using ErpInstaller.Tests.Fixtures;
using Terminal.Gui.Input;

namespace ErpInstaller.Tests.Screens;

/// <summary>The logs of the containers and their restart, from the dashboard of a rehearsed installation.</summary>
public sealed class ContainerLogScreenTests : IDisposable
{
    private readonly ShownInstaller _shown = new(before: RehearsedSite.WriteTo);

    public void Dispose() => _shown.Dispose();

    [Fact]
    public async Task The_log_of_the_chosen_group_is_shown_from_its_end_and_Esc_leads_back()
    {
        await OpenLogAsync();

        await _shown.SeesAsync("ready for connections");
        _shown.Press(Key.Esc);
        await _shown.SeesAsync("The log of which containers?");
        _shown.Press(Key.Esc);
        await _shown.SeesAsync("l logs");
    }

    [Fact]
    public async Task A_restart_asks_first_and_tells_when_the_container_runs_again()
    {
        await OpenLogAsync();
        await _shown.SeesAsync("x restart");
        _shown.Press(Key.X);
        await _shown.SeesAsync("Restart the containers of database?");
        _shown.Press(Key.Esc);
        await _shown.SeesAsync("x restart");

        _shown.Press(Key.X).Press(Key.Y);

        await _shown.SeesAsync("The container of database runs again");
    }

    private async Task OpenLogAsync()
    {
        await _shown.SeesAsync("l logs");
        _shown.Press(Key.L);
        await _shown.SeesAsync("The log of which containers?");
        _shown.Press(Key.Enter);
        await _shown.SeesAsync("Log of database");
    }
}
