using ErpInstaller.Engine;

namespace ErpInstaller.Screens.Running;

/// <summary>A line of the log.</summary>
internal readonly record struct LogLine(string Step, LogLevel Level, string Text);
