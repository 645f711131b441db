namespace ErpInstaller.Answers;

/// <summary>What a mode of the certificate means for others.</summary>
public static class CertificateModes
{
    /// <summary>The frontend serves HTTPS itself, so it needs certificate and key. Else TLS ends at a proxy in front of it.</summary>
    public static bool ServesTls(this CertificateMode mode) =>
        mode is CertificateMode.SelfSigned or CertificateMode.Provided;
}
