using ErpInstaller.Core.Toml;

namespace ErpInstaller.Answers.Rules;

/// <summary>Rules for <c>[backup]</c>: a server's login goes with a server.</summary>
internal sealed class BackupRules(CheckedKeys keys, BackupAnswers answers, ProblemList problems)
{
    private const string Repository = "backup.repository";
    private const string User = "backup.user";
    private const string Secret = "backup.secret";

    /// <summary>Applies them.</summary>
    public void Check()
    {
        if (!keys.IsSound(Repository) || !keys.IsSound(User) || !keys.IsSound(Secret))
        {
            return;
        }

        if (keys.Has(User) != keys.Has(Secret))
        {
            var (there, absent) = keys.Has(User) ? (User, Secret) : (Secret, User);
            problems.Add(keys.PlaceOf(there), absent, $"is missing, and {there} needs it");
        }
        else if (answers.Repository is null || answers.Repository.StartsWith('/'))
        {
            if (keys.Has(User))
            {
                problems.Add(
                    keys.PlaceOf(User),
                    User,
                    "belongs to a repository at a server, and backup.repository names none",
                    "repository = \"s3:https://s3.example.com/backups\""
                );
            }
        }
        else if (!keys.Has(User) && answers.Repository.StartsWith("s3:", StringComparison.Ordinal))
        {
            problems.Add(
                keys.PlaceOf(Repository),
                User,
                "is missing: S3 needs an access key",
                "user = \"ACCESSKEY\", secret = { env = \"BACKUP_SECRET\" }"
            );
        }
    }
}
