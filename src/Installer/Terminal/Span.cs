namespace ErpInstaller.Terminal;

/// <summary>A piece of a line.</summary>
/// <param name="Text">Without control characters.</param>
internal readonly record struct Span(string Text, Tone Tone);
