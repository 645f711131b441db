using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary>An answer file that was read: where, its text, and what it says.</summary>
internal sealed record SessionAnswers(string Path, string Text, StepSettings Settings);
