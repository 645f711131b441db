using ErpInstaller.Engine;

namespace ErpInstaller.Commands;

/// <summary>An answer file that was read: where, its text, and what it says.</summary>
internal sealed record SessionAnswers(string Path, string Text, StepSettings Settings);
