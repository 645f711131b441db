using ErpInstaller.Core.Toml;
using ErpInstaller.Releases;

namespace ErpInstaller.Answers.Files;

/// <summary>An answer file that was read and found good.</summary>
/// <param name="Answers">What it says; absent keys have their defaults.</param>
/// <param name="Release">The release that they name.</param>
/// <param name="Warnings">What the operator should know and need not change.</param>
/// <param name="Text">The file's text as it stands.</param>
public sealed record ReadAnswers(AnswerFile Answers, Release Release, IReadOnlyList<FileProblem> Warnings, string Text);
