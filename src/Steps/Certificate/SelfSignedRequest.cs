using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ErpInstaller.Certificate.Provided;

namespace ErpInstaller.Certificate;

/// <summary>The self-signed certificate that the installer makes, for the site's name and the node's address.</summary>
/// <param name="SiteName">The site's host name.</param>
/// <param name="Address">The node's address; null when Nomad does not report one.</param>
internal sealed record SelfSignedRequest(string SiteName, IPAddress? Address)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    // RFC 5280, appendix A: ub-common-name.
    private const int LongestCommonName = 64;

    // Apple refuses server certificates that are valid for more than 825 days (support.apple.com/en-us/103769).
    private static readonly TimeSpan Validity = TimeSpan.FromDays(825) - TimeSpan.FromSeconds(1);

    // One hour in the past: a client with a slow clock would otherwise find it not yet valid.
    private static readonly TimeSpan Backdated = TimeSpan.FromHours(1);

    private static readonly TimeSpan RenewedBefore = TimeSpan.FromDays(30);

    /// <summary>The DNS names and addresses for the SAN.</summary>
    public IReadOnlyList<string> Names => Address is null ? [SiteName] : [SiteName, Address.ToString()];

    /// <summary>Makes a new key (ECDSA P-256) and a certificate for it, valid for 825 days from one hour ago.</summary>
    public CertificateFiles Make(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var commonName = SiteName.Length <= LongestCommonName ? SiteName : "ERPNext";
        var request = new CertificateRequest($"CN={commonName}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(AlternativeNames());
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true)
        );
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true)
        );
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false)
        );
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var from = now - Backdated;
        using var made = request.Create(
            request.SubjectName,
            X509SignatureGenerator.CreateForECDsa(key),
            from,
            from + Validity,
            RandomSerial()
        );
        return new CertificateFiles(
            made.ExportCertificatePem() + "\n",
            key.ExportPkcs8PrivateKeyPem() + "\n",
            SiteCertificate.Of(made)
        );
    }

    /// <summary>Why an earlier certificate must be replaced; null when it can stay.</summary>
    public string? Misfit(CertificateFiles found, DateTimeOffset now)
    {
        using var leaf = X509Certificate2.CreateFromPem(found.ChainPem);
        return (found.Leaf, Missing(found.Leaf)) switch
        {
            _ when leaf.IssuerName.Name != leaf.SubjectName.Name =>
                "the certificate in the state directory is not self-signed, but was provided",
            ({ NotBefore: var from }, _) when from > now => $"the certificate is not valid before {from:yyyy-MM-dd}",
            ({ NotAfter: var end }, _) when end <= now => $"the certificate expired on {end:yyyy-MM-dd}",
            ({ NotAfter: var end }, _) when end <= now + RenewedBefore =>
                $"the certificate expires on {end:yyyy-MM-dd}",
            (_, { } name) => $"the certificate is not for {name}",
            _ => null,
        };
    }

    private string? Missing(SiteCertificate leaf) =>
        Names.FirstOrDefault(n => !leaf.Names.Contains(n, StringComparer.OrdinalIgnoreCase));

    private X509Extension AlternativeNames()
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(SiteName);
        if (Address is not null)
        {
            names.AddIpAddress(Address);
        }

        return names.Build();
    }

    // RFC 5280, 4.1.2.2: a serial number is positive and unique, so it is long and random.
    private static byte[] RandomSerial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)(serial[0] & 0x7f | 0x40);
        return serial;
    }
}
