using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Run;

namespace ErpInstaller.Doctor;

/// <summary>All looks. They judge facts and read nothing, so a captured installation can be judged again.</summary>
internal static class Looks
{
    /// <summary>The looks, in the order of their use to an operator.</summary>
    public static IReadOnlyList<Look> Of(DoctorFacts facts, AnswerFile answers) =>
        [.. LiveLooks.Of(facts), .. InsideLooks.Of(facts), .. KeptLooks.Of(facts, answers)];

    /// <summary>7: the site does not answer; 4: something else does not work; 0: well, or only warnings.</summary>
    public static ExitCode ExitCodeOf(IReadOnlyList<Look> looks) =>
        looks.Any(l => l is { Id: Core.Ids.LookId.Site, Verdict: LookVerdict.Bad }) ? ExitCode.VerificationFailed
        : looks.Any(l => l.Verdict == LookVerdict.Bad) ? ExitCode.StepFailed
        : ExitCode.Done;

    /// <summary>For example <c>33 well, 2 warn (mail, backup-schedule), 1 bad (site)</c>.</summary>
    public static string Summary(IReadOnlyList<Look> looks) =>
        string.Join(
            ", ",
            looks
                .GroupBy(l => l.Verdict)
                .OrderBy(g => g.Key)
                .Select(g =>
                    $"{g.Count()} {LookTaken.WordOf(g.Key)}"
                    + (g.Key == LookVerdict.Well ? "" : $" ({string.Join(", ", g.Select(l => l.Id))})")
                )
        );
}
