namespace ErpInstaller.Certificate.Provided;

/// <summary>What can be wrong with a certificate and its key.</summary>
public enum CertificateProblem
{
    /// <summary>The file does not exist.</summary>
    FileMissing,

    /// <summary>The file exists but cannot be read.</summary>
    FileUnreadable,

    /// <summary>The file is neither PEM nor DER, is damaged, or holds neither a certificate nor a key.</summary>
    NotPem,

    /// <summary>The two files are switched: the first holds the key, the second the certificate.</summary>
    FilesSwitched,

    /// <summary>Users other than the owner may read or write the key file.</summary>
    KeyOpenToOthers,

    /// <summary>The key is encrypted. nginx cannot ask for its password when it starts.</summary>
    KeyEncrypted,

    /// <summary>The key is neither RSA nor ECDSA on a curve that browsers accept.</summary>
    KeyUnsupported,

    /// <summary>The RSA key has less than 2048 bits.</summary>
    KeyWeak,

    /// <summary>The key does not belong to the certificate.</summary>
    KeyMismatch,

    /// <summary>A certificate has the name of an issuer in the chain, but another key.</summary>
    ChainBroken,

    /// <summary>The chain is complete but not in the order leaf, intermediates, root.</summary>
    ChainOrder,

    /// <summary>An issuer is neither in the file nor in this system's trust store.</summary>
    ChainIncomplete,

    /// <summary>
    /// A certificate of the chain may not issue the one before it: no CA, path length, key usage, name constraints.
    /// </summary>
    IssuerUnfit,

    /// <summary>The file holds certificates that are not part of the chain.</summary>
    ChainStrangers,

    /// <summary>The certificate or one of its chain has expired.</summary>
    Expired,

    /// <summary>The certificate or one of its chain expires within 30 days.</summary>
    ExpiresSoon,

    /// <summary>The certificate or one of its chain is not valid yet.</summary>
    NotYetValid,

    /// <summary>The site's name is not in the SAN.</summary>
    NameNotCovered,

    /// <summary>A certificate is signed with SHA-1 or MD5.</summary>
    WeakSignature,

    /// <summary>The leaf is a CA certificate.</summary>
    OfAuthority,

    /// <summary>The key usage or the extended key usage is not that of a TLS server.</summary>
    NotForServers,

    /// <summary>Browsers that read the extension refuse the certificate without a stapled OCSP answer.</summary>
    MustStaple,
}
