using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ErpInstaller.Tests.Certificate;

/// <summary>A test certificate with its key, which can issue other certificates.</summary>
internal sealed class Issued : IDisposable
{
    /// <summary>The time of the tests. By default, certificates are valid for 90 days from the day before.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly X509Certificate2 _certificate;
    private readonly AsymmetricAlgorithm _key;

    private Issued(X509Certificate2 certificate, AsymmetricAlgorithm key) => (_certificate, _key) = (certificate, key);

    /// <summary>The certificate.</summary>
    public string Pem => _certificate.ExportCertificatePem() + "\n";

    /// <summary>Its key, PKCS#8.</summary>
    public string KeyPem => _key.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>The certificate in DER.</summary>
    public byte[] Der => _certificate.RawData;

    /// <summary>Makes a CA's root certificate.</summary>
    public static Issued Root(string name = "Test Root") =>
        Make(name, new Wish { IsAuthority = true, Names = [] }, issuer: null);

    /// <summary>Makes a self-signed certificate.</summary>
    public static Issued Alone(Wish wish) => Make("erp.example.com", wish, issuer: null);

    /// <summary>Makes an intermediate CA.</summary>
    public Issued Authority(string name = "Test Intermediate") =>
        Make(name, new Wish { IsAuthority = true, Names = [] }, this);

    /// <summary>Issues a leaf, by default for <c>erp.example.com</c>.</summary>
    public Issued Leaf(Wish? wish = null) => Make("erp.example.com", wish ?? new Wish(), this);

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }

    private static Issued Make(string name, Wish wish, Issued? issuer)
    {
        var key = wish.NewKey();
        var request = key is RSA rsa
            ? new CertificateRequest($"CN={name}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest($"CN={name}", (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(wish.IsAuthority, false, 0, critical: true)
        );
        if (wish.Names.Count > 0)
        {
            var names = new SubjectAlternativeNameBuilder();
            wish.Names.ForEach(names.AddDnsName);
            request.CertificateExtensions.Add(names.Build());
        }

        if (wish.Purpose is { } purpose)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], critical: false));
        }

        var signer = issuer?._key ?? key;
        var generator = signer is RSA signing
            ? X509SignatureGenerator.CreateForRSA(signing, RSASignaturePadding.Pkcs1)
            : X509SignatureGenerator.CreateForECDsa((ECDsa)signer);
        return new Issued(
            request.Create(
                issuer?._certificate.SubjectName ?? request.SubjectName,
                generator,
                wish.From,
                wish.To,
                RandomNumberGenerator.GetBytes(8)
            ),
            key
        );
    }

    /// <summary>The properties of a test certificate.</summary>
    internal sealed record Wish
    {
        public List<string> Names { get; init; } = ["erp.example.com"];

        public DateTimeOffset From { get; init; } = Now.AddDays(-1);

        public DateTimeOffset To { get; init; } = Now.AddDays(89);

        public bool IsAuthority { get; init; }

        public string? Purpose { get; init; }

        public Func<AsymmetricAlgorithm> NewKey { get; init; } = () => ECDsa.Create(ECCurve.NamedCurves.nistP256);
    }
}
