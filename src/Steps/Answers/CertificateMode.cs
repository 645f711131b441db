namespace ErpInstaller.Answers;

/// <summary>Where the certificate comes from; in TOML <c>self-signed</c>, <c>provided</c>, <c>lets-encrypt</c>.</summary>
public enum CertificateMode
{
    /// <summary>The installer makes a key and signs it itself.</summary>
    SelfSigned,

    /// <summary>The operator gives a chain and a key.</summary>
    Provided,

    /// <summary>Traefik obtains it; the frontend serves plain HTTP behind it.</summary>
    LetsEncrypt,
}
