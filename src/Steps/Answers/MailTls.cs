namespace ErpInstaller.Answers;

/// <summary>How the connection to the mail server is encrypted; in TOML <c>starttls</c>, <c>tls</c>, <c>none</c>.</summary>
public enum MailTls
{
    /// <summary>Begins in the clear and is encrypted by the command STARTTLS: port 587.</summary>
    Starttls,

    /// <summary>Encrypted from the start: port 465.</summary>
    Tls,

    /// <summary>Not at all: for a relay in the operator's own network, port 25.</summary>
    None,
}
