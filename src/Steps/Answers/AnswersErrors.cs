using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.Core.Toml;

namespace ErpInstaller.Answers;

/// <summary>An answer file has problems that prevent a run.</summary>
public sealed class AnswersInvalid : InstallerException
{
    /// <param name="problems">All problems, in the order of the file; at least one.</param>
    public AnswersInvalid(IReadOnlyList<FileProblem> problems)
        : base(
            ErrorCode.AnswersInvalid,
            problems.Count == 1 ? problems[0].ToString() : $"{problems[0].File}: {problems.Count} problems",
            $"Correct the file, then check it again: erp-installer validate {ShellWord.Of(problems[0].File)}"
        )
    {
        Problems = problems;
        Details = problems.Count == 1 ? [] : [.. problems.Select(p => p.ToString())];
    }

    /// <summary>All problems, in the order of the file.</summary>
    public IReadOnlyList<FileProblem> Problems { get; }
}

/// <summary>The chosen apps cannot be installed together.</summary>
public sealed class AppsUnusable(string message, string app)
    : InstallerException(
        ErrorCode.AppsUnusable,
        message,
        $"Check apps.install and apps.override.{app} in the answers."
    );
