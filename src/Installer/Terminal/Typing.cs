namespace ErpInstaller.Terminal;

/// <summary>The present input position: the frame places its text field there.</summary>
/// <param name="Of">Identifies the input, for example by a question's key.</param>
/// <param name="Column">From 0, in the screen's area.</param>
/// <param name="Row">From 0, in the screen's area.</param>
/// <param name="Width">In columns.</param>
/// <param name="Text">The present text.</param>
/// <param name="IsSecret">Whether the text is hidden.</param>
/// <param name="Changed">Receives the new text.</param>
internal sealed record Typing(
    string Of,
    int Column,
    int Row,
    int Width,
    string Text,
    bool IsSecret,
    Action<string> Changed
);
