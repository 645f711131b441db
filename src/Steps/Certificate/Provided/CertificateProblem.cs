namespace ErpInstaller.Certificate.Provided;

/// <summary>What can be wrong with a certificate and its key.</summary>
public enum CertificateProblem
{
    /// <summary>There is no such file.</summary>
    FileMissing,

    /// <summary>The file is there and cannot be read.</summary>
    FileUnreadable,

    /// <summary>The file holds no PEM, a damaged one, or not what it should hold.</summary>
    NotPem,

    /// <summary>The certificate's file holds a key and the key's file a certificate.</summary>
    FilesSwitched,

    /// <summary>Others than the owner may read or write the file with the key.</summary>
    KeyOpenToOthers,

    /// <summary>The key is protected by a password, which nobody could type when nginx starts.</summary>
    KeyEncrypted,

    /// <summary>The key is neither RSA nor ECDSA on a curve that browsers know.</summary>
    KeyUnsupported,

    /// <summary>The key is RSA of less than 2048 bits.</summary>
    KeyWeak,

    /// <summary>The key belongs to none of the certificates.</summary>
    KeyMismatch,

    /// <summary>The certificates are those needed, in another order than site, issuer, issuer's issuer.</summary>
    ChainOrder,

    /// <summary>An issuer is neither in the file nor known to this system.</summary>
    ChainIncomplete,

    /// <summary>The file holds certificates that have nothing to do with the site's.</summary>
    ChainStrangers,

    /// <summary>The validity ended.</summary>
    Expired,

    /// <summary>The validity ends within 30 days.</summary>
    ExpiresSoon,

    /// <summary>The validity has not begun.</summary>
    NotYetValid,

    /// <summary>The site's name is not among the certificate's.</summary>
    NameNotCovered,

    /// <summary>A signature is made with SHA-1 or MD5.</summary>
    WeakSignature,

    /// <summary>The site's certificate is one of a certificate authority.</summary>
    OfAuthority,

    /// <summary>The certificate is for other purposes than serving TLS.</summary>
    NotForServers,
}
