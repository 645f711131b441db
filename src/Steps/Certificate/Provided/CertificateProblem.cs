namespace ErpInstaller.Certificate.Provided;

/// <summary>What can be wrong with a certificate and its key.</summary>
public enum CertificateProblem
{
    /// <summary>The file does not exist.</summary>
    FileMissing,

    /// <summary>The file exists but cannot be read.</summary>
    FileUnreadable,

    /// <summary>The file is not PEM, is damaged, or holds neither a certificate nor a key.</summary>
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

    /// <summary>The chain is complete but not in the order leaf, intermediates, root.</summary>
    ChainOrder,

    /// <summary>An issuer is neither in the file nor in this system's trust store.</summary>
    ChainIncomplete,

    /// <summary>The file holds certificates that are not part of the chain.</summary>
    ChainStrangers,

    /// <summary>The certificate has expired.</summary>
    Expired,

    /// <summary>The certificate expires within 30 days.</summary>
    ExpiresSoon,

    /// <summary>The certificate is not valid yet.</summary>
    NotYetValid,

    /// <summary>The site's name is not in the SAN.</summary>
    NameNotCovered,

    /// <summary>A certificate is signed with SHA-1 or MD5.</summary>
    WeakSignature,

    /// <summary>The leaf is a CA certificate.</summary>
    OfAuthority,

    /// <summary>The extended key usage does not include serverAuth.</summary>
    NotForServers,
}
