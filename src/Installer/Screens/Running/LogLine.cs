using ErpInstaller.Run;

namespace ErpInstaller.Screens.Running;

/// <summary>A line of the log.</summary>
/// <param name="Step">The step that wrote it; empty for messages about the run and its steps.</param>
internal readonly record struct LogLine(string Step, LogLevel Level, string Text);
