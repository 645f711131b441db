namespace ErpInstaller.Answers;

/// <summary>Where the certificate comes from; in TOML <c>self-signed</c>, <c>provided</c>, <c>lets-encrypt</c>, <c>none</c>.</summary>
public enum CertificateMode
{
    /// <summary>The installer makes a key and signs it itself.</summary>
    SelfSigned,

    /// <summary>The operator gives a chain and a key.</summary>
    Provided,

    /// <summary>Traefik obtains it; the frontend serves plain HTTP behind it.</summary>
    LetsEncrypt,

    /// <summary>A proxy of the operator's own has it; the frontend serves plain HTTP behind it, on a port of the operator's choice.</summary>
    None,
}
