using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace ErpInstaller.Terminal;

/// <summary>A text field that draws nothing while it is empty, because the screen shows the default there.</summary>
internal sealed class AnswerField : TextField
{
    /// <inheritdoc/>
    protected override bool OnClearingViewport() => Text.Length == 0 || base.OnClearingViewport();

    /// <inheritdoc/>
    protected override bool OnDrawingContent(DrawContext? context) =>
        Text.Length == 0 || base.OnDrawingContent(context);
}
