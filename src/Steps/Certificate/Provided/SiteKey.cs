using System.Security.Cryptography;

namespace ErpInstaller.Certificate.Provided;

/// <summary>
/// The site's private key: RSA, or ECDSA on a curve that browsers accept. Not a record, because ToString must never
/// print it.
/// </summary>
internal sealed class SiteKey
{
    private SiteKey(PublicHalf half, string pem) => (PublicHalf, Pem) = (half, pem + "\n");

    /// <summary>Its public half.</summary>
    public PublicHalf PublicHalf { get; }

    /// <summary>The key as PKCS#8, which nginx can read whatever the format of the file was. A secret.</summary>
    public string Pem { get; }

    /// <summary>Reads PKCS#8, PKCS#1 or SEC 1; null when it is damaged or of another kind.</summary>
    public static SiteKey? Read(byte[] der)
    {
        using var rsa = RSA.Create();
        if (Imports(() => rsa.ImportPkcs8PrivateKey(der, out _)) || Imports(() => rsa.ImportRSAPrivateKey(der, out _)))
        {
            return new SiteKey(PublicHalf.Of(rsa), rsa.ExportPkcs8PrivateKeyPem());
        }

        using var ecdsa = ECDsa.Create();
        return
            (
                Imports(() => ecdsa.ImportPkcs8PrivateKey(der, out _))
                || Imports(() => ecdsa.ImportECPrivateKey(der, out _))
            ) && PublicHalf.Of(ecdsa) is { } half
            ? new SiteKey(half, ecdsa.ExportPkcs8PrivateKeyPem())
            : null;
    }

    private static bool Imports(Action import)
    {
        try
        {
            import();
            return true;
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            return false;
        }
    }
}
