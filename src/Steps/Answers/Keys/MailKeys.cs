using static ErpInstaller.Answers.Keys.KeysOf<ErpInstaller.Answers.MailAnswers>;

namespace ErpInstaller.Answers.Keys;

/// <summary>The table <c>[mail]</c>.</summary>
internal static class MailKeys
{
    private static readonly (int, int) Port = (1, 65535);

    /// <summary>The table with its keys.</summary>
    public static TableKey All { get; } =
        KeysOf<AnswerFile>.Table(
            "mail",
            "The server through which the site sends mail.",
            a => a.Mail,
            (a, v) => a with { Mail = v },
            [
                Text(
                    "server",
                    "Host name or address of the SMTP server. Absent: the installer sets up no mail.",
                    TextRules.MailServer,
                    m => m.Server,
                    (m, v) => m with { Server = v }
                ) with
                {
                    Label = "Mail server",
                    WhenAbsent = "none: no mail is sent",
                },
                Number(
                    "port",
                    "Port of the SMTP server: 587 for starttls, 465 for tls, 25 for a relay.",
                    Port,
                    m => m.Port,
                    (m, v) => m with { Port = v }
                ) with
                {
                    Label = "Mail port",
                    Applies = SendsMail,
                },
                Choice(
                    "tls",
                    "starttls: encrypted after the greeting. tls: encrypted from the start. none: not encrypted.",
                    [
                        new(MailTls.Starttls, "Encrypted after the greeting: port 587."),
                        new(MailTls.Tls, "Encrypted from the start: port 465."),
                        new(MailTls.None, "Not encrypted: for a relay in your own network."),
                    ],
                    m => m.Tls,
                    (m, v) => m with { Tls = v }
                ) with
                {
                    Label = "Mail encryption",
                    Applies = SendsMail,
                },
                Text(
                    "user",
                    "User name at the SMTP server. Absent: it takes mail without a login.",
                    TextRules.MailUser,
                    m => m.User,
                    (m, v) => m with { User = v }
                ) with
                {
                    Label = "Mail user",
                    Applies = SendsMail,
                    WhenAbsent = "none: without a login",
                },
                Secret(
                    "password",
                    "Password of that user.",
                    TextRules.AnySecret,
                    "MAIL_PASSWORD",
                    m => m.Password,
                    (m, v) => m with { Password = v }
                ) with
                {
                    Label = "Mail password",
                    Applies = a => SendsMail(a) && a.Mail.User is not null,
                },
                Text(
                    "sender",
                    "Sender of the site's mails: an address, or a name and <address>.",
                    TextRules.MailSender,
                    m => m.Sender,
                    (m, v) => m with { Sender = v }
                ) with
                {
                    Label = "Mail sender",
                    Applies = SendsMail,
                },
                Text(
                    "test_to",
                    "Gets a test message when these answers are new or changed. Absent: none is sent.",
                    TextRules.MailAddress,
                    m => m.TestTo,
                    (m, v) => m with { TestTo = v }
                ) with
                {
                    Label = "Test message to",
                    Applies = SendsMail,
                    WhenAbsent = "none is sent",
                },
            ]
        );

    private static bool SendsMail(AnswerFile answers) => answers.Mail.Server is not null;
}
