using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ErpInstaller.Certificate.Provided;

/// <summary>The public half of a key; it is equal for a key and its certificate.</summary>
/// <param name="Numbers">RSA's modulus and exponent, or ECDSA's curve and point, in hexadecimal.</param>
/// <param name="RsaBits">Size of an RSA key; null for ECDSA.</param>
internal sealed record PublicHalf(string Numbers, int? RsaBits)
{
    // The curves that browsers accept: P-256, P-384 and P-521.
    private static readonly int[] CurveBits = [256, 384, 521];

    /// <summary>
    /// Reads it from a certificate; null when the key is neither RSA nor ECDSA on a curve that browsers accept.
    /// </summary>
    public static PublicHalf? Of(X509Certificate2 certificate)
    {
        try
        {
            using var rsa = certificate.GetRSAPublicKey();
            using var ecdsa = rsa is null ? certificate.GetECDsaPublicKey() : null;
            return rsa is not null ? Of(rsa)
                : ecdsa is not null ? Of(ecdsa)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Reads it from an RSA key.</summary>
    public static PublicHalf Of(RSA rsa)
    {
        var numbers = rsa.ExportParameters(includePrivateParameters: false);
        return new PublicHalf(
            $"RSA {Convert.ToHexString(numbers.Modulus!)} {Convert.ToHexString(numbers.Exponent!)}",
            rsa.KeySize
        );
    }

    /// <summary>Reads it from an ECDSA key; null on a curve that browsers do not accept.</summary>
    public static PublicHalf? Of(ECDsa ecdsa)
    {
        var numbers = ecdsa.ExportParameters(includePrivateParameters: false);
        var point =
            $"EC {numbers.Curve.Oid.FriendlyName} {Convert.ToHexString(numbers.Q.X!)} "
            + $"{Convert.ToHexString(numbers.Q.Y!)}";
        return CurveBits.Contains(ecdsa.KeySize) && IsNist(numbers.Curve) ? new PublicHalf(point, RsaBits: null) : null;
    }

    private static bool IsNist(ECCurve curve) =>
        curve.IsNamed && curve.Oid.Value is "1.2.840.10045.3.1.7" or "1.3.132.0.34" or "1.3.132.0.35";
}
