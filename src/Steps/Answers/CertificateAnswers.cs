namespace ErpInstaller.Answers;

/// <summary>The <c>[certificate]</c> table.</summary>
public sealed record CertificateAnswers
{
    /// <summary>Which of the four ways.</summary>
    public CertificateMode Mode { get; init; } = CertificateMode.SelfSigned;

    /// <summary>For <c>provided</c>: path of the PEM chain, leaf first.</summary>
    public string? Certificate { get; init; }

    /// <summary>For <c>provided</c>: path of the unencrypted PEM key.</summary>
    public string? Key { get; init; }

    /// <summary>How both reach the frontend; of no meaning for <c>lets-encrypt</c> and <c>none</c>.</summary>
    public CertificateDelivery Delivery { get; init; } = CertificateDelivery.Variable;

    /// <summary>For <c>lets-encrypt</c>: name of Traefik's certificate resolver.</summary>
    public string? Resolver { get; init; }
}
