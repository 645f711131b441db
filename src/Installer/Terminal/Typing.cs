namespace ErpInstaller.Terminal;

/// <summary>Where the operator types now: the frame puts its text field there.</summary>
/// <param name="Of">What is typed, for example a question's key: another one is another text.</param>
/// <param name="Column">From 0, in the area of who draws.</param>
/// <param name="Row">From 0, in the area of who draws.</param>
/// <param name="Width">Columns.</param>
/// <param name="Text">What stands there.</param>
/// <param name="IsSecret">It is not shown.</param>
/// <param name="Changed">Takes what stands there now.</param>
internal sealed record Typing(
    string Of,
    int Column,
    int Row,
    int Width,
    string Text,
    bool IsSecret,
    Action<string> Changed
);
