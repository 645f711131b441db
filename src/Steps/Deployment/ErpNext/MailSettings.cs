using ErpInstaller.Answers;
using ErpInstaller.Core.Toml;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>The site's mail settings in the init job, for the script mail.py. The password is not among them.</summary>
internal static class MailSettings
{
    /// <summary>Whether the answers set a mail server.</summary>
    public static bool IsWanted(AnswerFile answers) => answers.Mail.Server is not null;

    /// <summary>
    /// The server and the user, for a sentence. For example <c>through smtp.example.com:587 as erp</c>.
    /// </summary>
    public static string Describe(MailAnswers mail) =>
        FormattableString.Invariant($"through {mail.Server}:{mail.Port} as {mail.User ?? mail.Sender}");

    /// <summary>Variables of the script's environment; empty without mail.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Environment(AnswerFile answers)
    {
        var mail = answers.Mail;
        return !IsWanted(answers)
            ? []
            : new Dictionary<string, string?>
            {
                ["MAIL_SERVER"] = mail.Server,
                ["MAIL_PORT"] = FormattableString.Invariant($"{mail.Port}"),
                ["MAIL_TLS"] = ChoiceName.Of(mail.Tls),
                ["MAIL_USER"] = mail.User,
                ["MAIL_SENDER"] = mail.Sender,
                ["MAIL_TEST_TO"] = mail.TestTo,
            }
                .Where(v => v.Value is not null)
                .Select(v => KeyValuePair.Create(v.Key, v.Value!));
    }
}
