using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace ErpInstaller.Tests.Terminal;

/// <summary>A form for tests of the terminal.</summary>
internal sealed class DemoForm : Runnable
{
    public DemoForm()
    {
        (Width, Height) = (Dim.Fill(), Dim.Fill());
        Add(new Label { Text = "Site name" }, Name, Next, Cancel);
    }

    /// <summary>The field for a name.</summary>
    public TextField Name { get; } = new() { X = 12, Width = 30 };

    public Button Next { get; } =
        new()
        {
            X = 12,
            Y = 4,
            Text = "Next",
        };

    public Button Cancel { get; } =
        new()
        {
            X = 30,
            Y = 4,
            Text = "Cancel",
        };
}
