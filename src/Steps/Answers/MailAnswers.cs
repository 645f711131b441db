using ErpInstaller.Core.Secrets;

namespace ErpInstaller.Answers;

/// <summary>
/// The <c>[mail]</c> table: the server of outgoing mail. Without a server the installer sets up no mail.
/// </summary>
public sealed record MailAnswers
{
    /// <summary>Host name or address of the SMTP server; absent: none.</summary>
    public string? Server { get; init; }

    /// <summary>Its port.</summary>
    public int Port { get; init; } = 587;

    /// <summary>How the connection is encrypted.</summary>
    public MailTls Tls { get; init; } = MailTls.Starttls;

    /// <summary>User to sign in as; absent: the server takes mail without a login.</summary>
    public string? User { get; init; }

    /// <summary>The user's password.</summary>
    public SecretSource? Password { get; init; }

    /// <summary>
    /// Sender of the site's mails: <c>erp@example.com</c>, or with a name <c>Example ERP &lt;erp@example.com&gt;</c>.
    /// </summary>
    public string? Sender { get; init; }

    /// <summary>
    /// Address that a test message goes to when these answers are new or changed; absent: none is sent.
    /// </summary>
    public string? TestTo { get; init; }
}

/// <summary>
/// How the connection to the mail server is encrypted; in TOML <c>starttls</c>, <c>tls</c>, <c>none</c>.
/// </summary>
public enum MailTls
{
    /// <summary>The connection begins in plain text. STARTTLS encrypts it: port 587.</summary>
    Starttls,

    /// <summary>Encrypted from the start: port 465.</summary>
    Tls,

    /// <summary>No encryption: for a relay in the operator's own network, port 25.</summary>
    None,
}
