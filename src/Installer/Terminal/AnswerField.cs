using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace ErpInstaller.Terminal;

/// <summary>A text field that shows nothing of its own while it is empty: the screen says there what holds then.</summary>
internal sealed class AnswerField : TextField
{
    /// <inheritdoc/>
    protected override bool OnClearingViewport() => Text.Length == 0 || base.OnClearingViewport();

    /// <inheritdoc/>
    protected override bool OnDrawingContent(DrawContext? context) =>
        Text.Length == 0 || base.OnDrawingContent(context);
}
