using ErpInstaller.Core.Secrets;

namespace ErpInstaller.Answers;

/// <summary>The <c>[mail]</c> table: through which server the site sends mail. Without a server the installer sets none up.</summary>
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

    /// <summary>Sender of the site's mails: <c>erp@example.com</c>, or with a name <c>Example ERP &lt;erp@example.com&gt;</c>.</summary>
    public string? Sender { get; init; }

    /// <summary>Address that a test message goes to when these answers are new or changed; absent: none is sent.</summary>
    public string? TestTo { get; init; }
}
