using ErpInstaller.Answers;
using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Secrets;

namespace ErpInstaller.Run;

/// <summary>
/// Reads the secrets that the answers name. All of them are checked before the first step: a missing variable must not
/// stop a run after it built an image for an hour.
/// </summary>
internal static class AnswerSecrets
{
    // The connection to Nomad needs it earlier, and reads it again for each request.
    private const string NomadToken = "nomad.token";

    /// <summary>Checks that each named secret is available and valid.</summary>
    /// <exception cref="SecretUnavailable">One is not.</exception>
    public static void Check(AnswerFile answers, SecretStore secrets)
    {
        foreach (var key in AnswerKeys.Values.OfType<SecretKey>().Where(k => k.Path != NomadToken))
        {
            Resolve(key, answers, secrets);
        }

        foreach (var map in AppsKeys.Maps)
        {
            foreach (var (app, change) in map.Entries(answers.Apps))
            {
                foreach (var key in ((TableKey)map.Entry).Keys.OfType<SecretKey>())
                {
                    if (key.Lens.Get(change) is SecretSource source)
                    {
                        key.Resolve(source, secrets, AppLogins.Key(app, answers.Apps));
                    }
                }
            }
        }
    }

    /// <summary>Registers those that are available for redaction, however they are.</summary>
    public static void RegisterAvailable(AnswerFile answers, SecretStore secrets) =>
        AnswerKeys.ReplaceSecrets(answers, (source, name) =>
        {
            try
            {
                secrets.Resolve(source, name);
            }
            catch (SecretUnavailable)
            {
                // Then no text has it from here.
            }

            return source;
        });

    /// <summary>The password at the mail server, or null if the answers have none.</summary>
    /// <exception cref="SecretUnavailable">It is not available or not valid.</exception>
    public static string? MailPassword(AnswerFile answers, SecretStore secrets) =>
        Resolve("mail.password", answers, secrets);

    /// <summary>
    /// The password of Administrator, or null if the answers have none and the installer generates one.
    /// </summary>
    /// <exception cref="SecretUnavailable">It is not available or not valid.</exception>
    public static string? AdminPassword(AnswerFile answers, SecretStore secrets) =>
        Resolve("site.admin_password", answers, secrets);

    /// <summary>The secret of the login at the backup repository's server, or null if the answers have none.</summary>
    /// <exception cref="SecretUnavailable">It is not available or not valid.</exception>
    public static string? BackupSecret(AnswerFile answers, SecretStore secrets) =>
        Resolve("backup.secret", answers, secrets);

    /// <summary>The password of the backup repository, or null if the installer generates one.</summary>
    /// <exception cref="SecretUnavailable">It is not available or not valid.</exception>
    public static string? BackupPassword(AnswerFile answers, SecretStore secrets) =>
        Resolve("backup.password", answers, secrets);

    private static string? Resolve(string path, AnswerFile answers, SecretStore secrets) =>
        Resolve((SecretKey)AnswerKeys.At(path).Single(), answers, secrets);

    private static string? Resolve(SecretKey key, AnswerFile answers, SecretStore secrets) =>
        key.Get(answers) is SecretSource source ? key.Resolve(source, secrets, key.Path) : null;
}
