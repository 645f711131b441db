using ErpInstaller.Tests.Screens;
using Terminal.Gui.Input;

namespace ErpInstaller.Tests.Terminal;

public class ScreenFixtureTests
{
    [Fact]
    public void I_can_type_into_a_field_and_see_it()
    {
        using var form = new DemoForm();
        using var screen = new ScreenFixture(form);

        screen.Type("erp.example.com");

        Assert.StartsWith("Site name   erp.example.com", screen.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void I_can_paste_into_a_field()
    {
        using var form = new DemoForm();
        using var screen = new ScreenFixture(form);

        screen.Paste("erp.example.com");

        Assert.Equal("erp.example.com", form.Name.Text);
        Assert.Contains("erp.example.com", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Tab_costs_few_bytes_and_a_turn_without_a_change_costs_none()
    {
        using var form = new DemoForm();
        using var screen = new ScreenFixture(form);
        screen.Press(Key.Tab);

        var sent = screen.Sent.Output.Count;
        screen.Step().Wait(TimeSpan.FromSeconds(10));
        Assert.Equal(sent, screen.Sent.Output.Count);

        screen.Press(Key.Tab);
        Assert.InRange(screen.Sent.Output[^1].Length, 1, 150);
    }

    [Fact]
    public void A_resized_window_is_drawn_completely()
    {
        using var form = new DemoForm();
        using var screen = new ScreenFixture(form);

        screen.Resize(120, 40);

        Assert.Equal(40, screen.Lines.Count);
        Assert.Contains("\e[2J", screen.Sent.Output[^1], StringComparison.Ordinal);
        Assert.Contains("Site name", screen.Sent.Output[^1], StringComparison.Ordinal);
    }
}
