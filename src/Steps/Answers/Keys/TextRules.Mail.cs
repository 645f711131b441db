namespace ErpInstaller.Answers.Keys;

/// <summary>
/// Rules for mail. The texts reach the environment of a container, so quotes, <c>$</c> and braces are refused.
/// </summary>
internal static partial class TextRules
{
    /// <summary>An SMTP server.</summary>
    public static readonly TextRule MailServer = new(
        "a host name or an IPv4 address, like smtp.example.com",
        Patterns.HostName,
        Patterns.HostNameRegex
    )
    {
        MaxLength = 253,
        Correct = text => HostOf(text).Split(':')[0].TrimEnd('.').ToLowerInvariant(),
    };

    /// <summary>A user at it.</summary>
    public static readonly TextRule MailUser = new(
        "a user name without spaces and quotes",
        Patterns.MailUser,
        Patterns.MailUserRegex
    )
    {
        MaxLength = 140,
    };

    /// <summary>A mail address.</summary>
    public static readonly TextRule MailAddress = new(
        "a mail address, like erp@example.com",
        Patterns.MailAddress,
        Patterns.MailAddressRegex
    )
    {
        MaxLength = 140,
    };

    /// <summary>A sender, with or without a name.</summary>
    public static readonly TextRule MailSender = new(
        "a mail address, or a name and an address: Example ERP <erp@example.com>",
        Patterns.MailSender,
        Patterns.MailSenderRegex
    )
    {
        MaxLength = 200,
    };
}
