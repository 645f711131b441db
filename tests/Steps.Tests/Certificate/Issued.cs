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

    /// <summary>The certificate, parsed.</summary>
    public X509Certificate2 Certificate => _certificate;

    /// <summary>Its common name.</summary>
    public string Name => _certificate.Subject["CN=".Length..];

    /// <summary>Its key.</summary>
    public AsymmetricAlgorithm PrivateKey => _key;

    /// <summary>Makes a CA's root certificate.</summary>
    public static Issued Root(string name = "Test Root", Wish? wish = null) =>
        Make(name, OfAuthority(wish), issuer: null);

    /// <summary>Makes a self-signed certificate.</summary>
    public static Issued Alone(Wish wish) => Make("erp.example.com", wish, issuer: null);

    /// <summary>Makes an intermediate CA.</summary>
    public Issued Authority(string name = "Test Intermediate", Wish? wish = null) =>
        Make(name, OfAuthority(wish), this);

    /// <summary>The same certificate with a signature that does not fit.</summary>
    public Issued Spoiled()
    {
        var der = _certificate.RawData;
        der[^1] ^= 1;
        return new Issued(X509CertificateLoader.LoadCertificate(der), _key);
    }

    /// <summary>Issues a leaf, by default for <c>erp.example.com</c>.</summary>
    public Issued Leaf(Wish? wish = null) => Make("erp.example.com", wish ?? new Wish(), this);

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }

    private static Wish OfAuthority(Wish? wish) =>
        wish is null ? new Wish { IsAuthority = true, Names = [] } : wish with { Names = [] };

    private static Issued Make(string name, Wish wish, Issued? issuer)
    {
        var key = wish.NewKey();
        var request = key is RSA rsa
            ? new CertificateRequest($"CN={name}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest($"CN={name}", (ECDsa)key, HashAlgorithmName.SHA256);
        if (wish.HasBasicConstraints)
        {
            request.CertificateExtensions.Add(
                new X509BasicConstraintsExtension(
                    wish.IsAuthority,
                    wish.PathLength is not null,
                    wish.PathLength ?? 0,
                    critical: true
                )
            );
        }

        AddKeyIds(request, wish, issuer);
        wish.Extensions.ForEach(request.CertificateExtensions.Add);
        if (wish.KeyUsage is { } usage)
        {
            request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        }

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

    private static void AddKeyIds(CertificateRequest request, Wish wish, Issued? issuer)
    {
        if (wish.HasKeyIds)
        {
            var own = new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false);
            var issuers = issuer is null
                ? own
                : new X509SubjectKeyIdentifierExtension(issuer._certificate.PublicKey, critical: false);
            request.CertificateExtensions.Add(own);
            request.CertificateExtensions.Add(
                X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(issuers)
            );
        }
    }

    /// <summary>The properties of a test certificate.</summary>
    internal sealed record Wish
    {
        public List<string> Names { get; init; } = ["erp.example.com"];

        public DateTimeOffset From { get; init; } = Now.AddDays(-1);

        public DateTimeOffset To { get; init; } = Now.AddDays(89);

        public bool IsAuthority { get; init; }

        public bool HasBasicConstraints { get; init; } = true;

        public int? PathLength { get; init; }

        public X509KeyUsageFlags? KeyUsage { get; init; }

        /// <summary>Subject key identifier and authority key identifier.</summary>
        public bool HasKeyIds { get; init; }

        public List<X509Extension> Extensions { get; init; } = [];

        public string? Purpose { get; init; }

        public Func<AsymmetricAlgorithm> NewKey { get; init; } = () => ECDsa.Create(ECCurve.NamedCurves.nistP256);
    }
}
