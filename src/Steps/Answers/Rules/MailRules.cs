using ErpInstaller.Core.Toml;

namespace ErpInstaller.Answers.Rules;

/// <summary>Rules for <c>[mail]</c>: every other key needs <c>mail.server</c>.</summary>
internal sealed class MailRules(CheckedKeys keys, MailAnswers answers, ProblemList problems)
{
    private const string Server = "mail.server";
    private const string Port = "mail.port";
    private const string Tls = "mail.tls";
    private const string User = "mail.user";
    private const string Password = "mail.password";
    private const string Sender = "mail.sender";
    private const int PortOfTls = 465;

    private static readonly string[] Others = [User, Password, Sender, "mail.test_to"];

    /// <summary>Applies them.</summary>
    public void Check()
    {
        if (!keys.Has(Server))
        {
            foreach (var key in Others.Where(k => keys.IsSound(Server) && keys.Has(k)))
            {
                problems.Add(
                    keys.PlaceOf(key),
                    key,
                    "belongs to mail.server, which is missing",
                    "server = \"smtp.example.com\""
                );
            }

            return;
        }

        if (keys.IsSound(Sender) && !keys.Has(Sender))
        {
            problems.Add(
                keys.PlaceOf(Server),
                Sender,
                "is missing: mails need a sender",
                "sender = \"erp@example.com\""
            );
        }

        CheckLogin();
        if (keys.IsSound(Port) && keys.IsSound(Tls) && answers.Port == PortOfTls != (answers.Tls == MailTls.Tls))
        {
            problems.Warn(
                keys.PlaceOf(keys.Has(Port) ? Port : Server),
                Port,
                $"is {answers.Port} and mail.tls is {ChoiceName.Of(answers.Tls)}",
                "465 is usual for tls, 587 for starttls"
            );
        }
    }

    private void CheckLogin()
    {
        if (keys.IsSound(User) && keys.IsSound(Password) && keys.Has(User) != keys.Has(Password))
        {
            var (there, absent) = keys.Has(User) ? (User, Password) : (Password, User);
            problems.Add(keys.PlaceOf(there), absent, $"is missing, and {there} needs it");
        }
        else if (keys.Has(Password) && keys.IsSound(Tls) && answers.Tls == MailTls.None)
        {
            problems.Warn(
                keys.PlaceOf(keys.Has(Tls) ? Tls : Server),
                Tls,
                "is none: the password and all mails are sent unencrypted"
            );
        }
    }
}
