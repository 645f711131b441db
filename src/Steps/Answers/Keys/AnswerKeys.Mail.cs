namespace ErpInstaller.Answers.Keys;

/// <summary>The table <c>[mail]</c>.</summary>
internal static partial class AnswerKeys
{
    private static TableKey Mail =>
        new(
            "mail",
            "The server through which the site sends mail.",
            [
                new TextKey(
                    "server",
                    "Host name or address of the SMTP server. Absent: the installer sets up no mail.",
                    TextRules.MailServer
                )
                {
                    Value = a => a.Mail.Server,
                },
                new NumberKey(
                    "port",
                    "Port of the SMTP server: 587 for starttls, 465 for tls, 25 for a relay.",
                    1,
                    65535
                )
                {
                    Value = a => a.Mail.Port,
                },
                new ChoiceKey(
                    "tls",
                    "starttls: encrypted after the greeting. tls: encrypted from the start. none: not encrypted.",
                    ChoiceConverter<MailTls>.Names
                )
                {
                    Value = a => a.Mail.Tls,
                },
                new TextKey(
                    "user",
                    "User name at the SMTP server. Absent: it takes mail without a login.",
                    TextRules.MailUser
                )
                {
                    Value = a => a.Mail.User,
                },
                new SecretKey("password", "Password of that user.", TextRules.AnySecret, "MAIL_PASSWORD")
                {
                    Value = a => a.Mail.Password,
                },
                new TextKey(
                    "sender",
                    "Sender of the site's mails: an address, or a name and <address>.",
                    TextRules.MailSender
                )
                {
                    Value = a => a.Mail.Sender,
                },
                new TextKey(
                    "test_to",
                    "Address that a test message goes to when these answers are new or changed. Absent: none is sent.",
                    TextRules.MailAddress
                )
                {
                    Value = a => a.Mail.TestTo,
                },
            ]
        );
}
