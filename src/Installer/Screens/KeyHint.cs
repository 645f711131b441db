namespace ErpInstaller.Screens;

/// <summary>A key that works now, for the bar at the bottom.</summary>
/// <param name="Key">As it stands on the keyboard: <c>Enter</c>, <c>F4</c>, <c>r</c>.</param>
/// <param name="Does">One or two words.</param>
internal sealed record KeyHint(string Key, string Does);
