using static ErpInstaller.Answers.Keys.KeysOf<ErpInstaller.Answers.UpdateAnswers>;

namespace ErpInstaller.Answers.Keys;

/// <summary>The table <c>[update]</c>.</summary>
internal static class UpdateKeys
{
    /// <summary>The table with its keys.</summary>
    public static TableKey All { get; } =
        KeysOf<AnswerFile>.Table(
            "update",
            "What protects the site's data while an update changes its database.",
            a => a.Update,
            (a, v) => a with { Update = v },
            [
                Choice(
                    "safeguard",
                    "backup: no update without a backup of the site. none: without one, and without a way back.",
                    [
                        new(UpdateSafeguard.Backup, "A backup is written and read back first."),
                        new(UpdateSafeguard.None, "No backup: a failed update leaves the site closed."),
                    ],
                    u => u.Safeguard,
                    (u, v) => u with { Safeguard = v }
                ),
                Choice(
                    "on_failure",
                    "rollback: application and data of before come back. stay: the site stays closed.",
                    [
                        new(UpdateFailure.Rollback, "The application and the data of before come back."),
                        new(UpdateFailure.Stay, "The site stays closed until an install succeeds."),
                    ],
                    u => u.OnFailure,
                    (u, v) => u with { OnFailure = v }
                ),
            ]
        );
}
