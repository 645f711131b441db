using System.Diagnostics;

namespace ErpInstaller.Answers;

/// <summary>The <c>[certificate]</c> table.</summary>
public sealed record CertificateAnswers
{
    /// <summary>The source of the certificate.</summary>
    public CertificateMode Mode { get; init; } = CertificateMode.SelfSigned;

    /// <summary>For <c>provided</c>: path of the PEM chain, leaf first.</summary>
    public string? Certificate { get; init; }

    /// <summary>For <c>provided</c>: path of the unencrypted PEM key.</summary>
    public string? Key { get; init; }

    /// <summary>How both reach the frontend; not used for <c>lets-encrypt</c> and <c>none</c>.</summary>
    public CertificateDelivery Delivery { get; init; } = CertificateDelivery.Variable;

    /// <summary>For <c>lets-encrypt</c>: name of Traefik's certificate resolver.</summary>
    public string? Resolver { get; init; }
}

/// <summary>
/// Where the certificate comes from; in TOML <c>self-signed</c>, <c>provided</c>, <c>lets-encrypt</c>, <c>none</c>.
/// </summary>
public enum CertificateMode
{
    /// <summary>The installer makes a key and signs it itself.</summary>
    SelfSigned,

    /// <summary>The operator gives a chain and a key.</summary>
    Provided,

    /// <summary>Traefik obtains it; the frontend serves plain HTTP behind it.</summary>
    LetsEncrypt,

    /// <summary>The operator's proxy holds it. The frontend serves plain HTTP behind the proxy.</summary>
    None,
}

/// <summary>Facts about the modes.</summary>
internal static class CertificateModes
{
    /// <summary>
    /// Whether the frontend serves HTTPS itself and needs certificate and key. Otherwise TLS ends at a proxy.
    /// </summary>
    public static bool ServesTls(this CertificateMode mode) =>
        mode switch
        {
            CertificateMode.SelfSigned or CertificateMode.Provided => true,
            CertificateMode.LetsEncrypt or CertificateMode.None => false,
            _ => throw new UnreachableException(),
        };
}

/// <summary>How certificate and key reach the frontend; in TOML <c>variable</c>, <c>host-volume</c>.</summary>
public enum CertificateDelivery
{
    /// <summary>In a Nomad Variable, rendered into the container's memory.</summary>
    Variable,

    /// <summary>As a file in a host volume of the node, named after the job: <c>JOB-ssl</c>.</summary>
    HostVolume,
}
