using ErpInstaller.Answers;
using ErpInstaller.Core.Toml;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>The site's mail in the init job: what the script mail.py is told. The password is not among it.</summary>
internal static class MailSettings
{
    /// <summary>The answers want mail.</summary>
    public static bool IsWanted(AnswerFile answers) => answers.Mail.Server is not null;

    /// <summary>
    /// In a sentence: through which server, as whom. For example <c>through smtp.example.com:587 as erp</c>.
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
