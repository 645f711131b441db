using ErpInstaller.Answers;
using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Secrets;

namespace ErpInstaller.Run;

/// <summary>
/// Looks at the secrets that the answers name, before anything is done: a variable that is not set must not show after
/// the image was built for an hour.
/// </summary>
internal static class AnswerSecrets
{
    /// <summary>Resolves them all. (The Nomad token was needed to connect and is known already.)</summary>
    /// <exception cref="SecretUnavailable">One cannot be had, or is not what its key takes.</exception>
    public static void Look(AnswerFile answers, SecretStore secrets)
    {
        Look("image.password", answers.Image.Password, TextRules.AnySecret, secrets);
        Look(MirrorLogins.NpmKey, answers.Image.NpmPassword, TextRules.AnySecret, secrets);
        Look(MirrorLogins.PythonKey, answers.Image.PythonPassword, TextRules.AnySecret, secrets);
        Look(MirrorLogins.GitKey, answers.Image.GitPassword, TextRules.AnySecret, secrets);
        foreach (var (app, change) in answers.Apps.Override)
        {
            Look(AppLogins.Key(app), change.Token, TextRules.AnySecret, secrets);
        }

        AdminPassword(answers, secrets);
        MailPassword(answers, secrets);
    }

    /// <summary>The password at the mail server; null without a login there.</summary>
    /// <exception cref="SecretUnavailable">It cannot be had, or is not what its key takes.</exception>
    public static string? MailPassword(AnswerFile answers, SecretStore secrets) =>
        Look("mail.password", answers.Mail.Password, TextRules.AnySecret, secrets);

    /// <summary>The password that the answers give Administrator; null when they leave it to be made.</summary>
    /// <exception cref="SecretUnavailable">It cannot be had, or is not what its key takes.</exception>
    public static string? AdminPassword(AnswerFile answers, SecretStore secrets) =>
        Look("site.admin_password", answers.Site.AdminPassword, TextRules.Password, secrets);

    private static string? Look(string key, SecretSource? source, TextRule rule, SecretStore secrets)
    {
        if (source is null)
        {
            return null;
        }

        var value = secrets.Resolve(source, key);
        if (!rule.Accepts(value))
        {
            var fault = rule.Explain(value) ?? $"is not {rule.Is}";
            throw new SecretUnavailable(
                $"{key}: what {source} holds {fault}",
                $"It must be {rule.Is}, at least {rule.MinLength} characters."
            );
        }

        return value;
    }
}
