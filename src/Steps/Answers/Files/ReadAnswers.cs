using ErpInstaller.Core.Toml;
using ErpInstaller.Releases;

namespace ErpInstaller.Answers.Files;

/// <summary>A valid answer file.</summary>
/// <param name="Answers">Its answers; absent keys have their defaults.</param>
/// <param name="Release">The release that they name.</param>
/// <param name="Warnings">Warnings for the operator, none of which prevents a run.</param>
/// <param name="Text">The file's text, unchanged.</param>
public sealed record ReadAnswers(AnswerFile Answers, Release Release, IReadOnlyList<FileProblem> Warnings, string Text);
