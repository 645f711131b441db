namespace ErpInstaller.Screens.Running;

/// <summary>A row of the log.</summary>
/// <param name="Line">The line's number.</param>
/// <param name="Row">Which of the line's rows, from 0.</param>
internal readonly record struct LogPlace(long Line, int Row);
