using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ErpInstaller.Certificate.Provided;

/// <summary>The kinds of content in a file that should hold a certificate or a key.</summary>
internal enum ContentKind
{
    /// <summary>An X.509 certificate.</summary>
    Certificate,

    /// <summary>A private key that is not encrypted: PKCS#8, PKCS#1 or SEC 1.</summary>
    PrivateKey,

    /// <summary>A private key that is encrypted with a password.</summary>
    EncryptedKey,

    /// <summary>A private key in OpenSSH's own format.</summary>
    OpenSshKey,

    /// <summary>A certificate request (CSR).</summary>
    Request,

    /// <summary>A PKCS#12 file: certificates and a key, encrypted.</summary>
    Pkcs12,

    /// <summary>A public key.</summary>
    PublicKey,

    /// <summary>A certificate revocation list (CRL).</summary>
    RevocationList,

    /// <summary>Parameters of a curve or of Diffie-Hellman.</summary>
    Parameters,

    /// <summary>It should be a certificate or a key, and cannot be read.</summary>
    Damaged,

    /// <summary>Any other PEM block.</summary>
    Other,
}

/// <summary>A part of a file: a PEM block, a certificate of a PKCS#7 block, or a whole binary file.</summary>
/// <param name="Kind">The kind. The bytes decide, because labels are often wrong: certutil labels everything
/// CERTIFICATE.</param>
/// <param name="Label">The label of the PEM block; empty for a binary file.</param>
/// <param name="Der">A certificate or a private key as DER; empty for the other kinds.</param>
internal sealed record FileContent(ContentKind Kind, string Label, byte[] Der)
{
    private const string SignedData = "1.2.840.113549.1.7.2";

    /// <summary>True for a private key in any format.</summary>
    public bool IsKey =>
        Kind is ContentKind.PrivateKey or ContentKind.EncryptedKey or ContentKind.OpenSshKey
        || (Kind == ContentKind.Damaged && IsForKeys(Label));

    /// <summary>True for a certificate, also a damaged one.</summary>
    public bool IsCertificate => Kind == ContentKind.Certificate || (Kind == ContentKind.Damaged && !IsForKeys(Label));

    /// <summary>True for a certificate of a PKCS#7 block, which is a set and has no order.</summary>
    public bool IsOfSet { get; private init; }

    /// <summary>Reads a PEM block.</summary>
    public static IReadOnlyList<FileContent> Of(PemBlock block) =>
        block switch
        {
            { IsEncrypted: true } => [new FileContent(ContentKind.EncryptedKey, block.Label, [])],
            { Label: "OPENSSH PRIVATE KEY" } => [new FileContent(ContentKind.OpenSshKey, block.Label, [])],
            _ when block.Label.EndsWith("PARAMETERS", StringComparison.Ordinal) =>
            [
                new FileContent(ContentKind.Parameters, block.Label, []),
            ],
            { Bytes: { } bytes } => Of(bytes, block.Label),
            _ => [Unread(block.Label)],
        };

    /// <summary>Reads DER.</summary>
    /// <param name="label">The label of its PEM block; empty for a binary file.</param>
    public static IReadOnlyList<FileContent> Of(byte[] bytes, string label)
    {
        try
        {
            return Read(bytes, label);
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            return [Unread(label)];
        }
    }

    // OpenSSL writes its own notes behind the certificate in a TRUSTED CERTIFICATE, so only the first value is read.
    private static List<FileContent> Read(byte[] bytes, string label)
    {
        var der = new AsnReader(bytes, AsnEncodingRules.BER).PeekEncodedValue().ToArray();
        return Shape(der) switch
        {
            "OID explicit" => OfPkcs7(der, label),
            "SEQUENCE SEQUENCE BITS" => [OfSigned(der, label)],
            "INTEGER SEQUENCE OCTETS" => [new FileContent(ContentKind.PrivateKey, label, der)],
            "INTEGER OCTETS explicit" => [new FileContent(ContentKind.PrivateKey, label, der)],
            "INTEGER INTEGER INTEGER" => [new FileContent(ContentKind.PrivateKey, label, der)],
            "INTEGER SEQUENCE" or "INTEGER SEQUENCE SEQUENCE" => [new FileContent(ContentKind.Pkcs12, label, [])],
            "SEQUENCE OCTETS" => [new FileContent(ContentKind.EncryptedKey, label, [])],
            "SEQUENCE BITS" => [new FileContent(ContentKind.PublicKey, label, [])],
            "" => [new FileContent(ContentKind.Parameters, label, [])],
            _ => [Unread(label)],
        };
    }

    // The first three parts of the outer sequence tell the formats apart: X.509, PKCS#10 and a CRL are "signed"; then
    // PKCS#7, #8, #1, #12 and SEC 1. The parameters of a curve are no sequence.
    private static string Shape(byte[] der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.BER);
        if (outer.PeekTag() == Asn1Tag.ObjectIdentifier)
        {
            return "";
        }

        var parts = outer.ReadSequence();
        var words = new List<string>();
        while (parts.HasData && words.Count < 3)
        {
            words.Add(WordOf(parts.PeekTag()));
            parts.ReadEncodedValue();
        }

        return string.Join(' ', words);
    }

    private static string WordOf(Asn1Tag tag) =>
        tag switch
        {
            { TagClass: TagClass.ContextSpecific } => "explicit",
            { TagValue: (int)UniversalTagNumber.Integer } => "INTEGER",
            { TagValue: (int)UniversalTagNumber.Sequence } => "SEQUENCE",
            { TagValue: (int)UniversalTagNumber.OctetString } => "OCTETS",
            { TagValue: (int)UniversalTagNumber.BitString } => "BITS",
            { TagValue: (int)UniversalTagNumber.ObjectIdentifier } => "OID",
            _ => "other",
        };

    // ContentInfo and SignedData: RFC 2315, 7 and 9.1.
    private static List<FileContent> OfPkcs7(byte[] der, string label)
    {
        var outer = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
        if (outer.ReadObjectIdentifier() != SignedData)
        {
            return [new FileContent(ContentKind.Other, label, [])];
        }

        var certificates = new Asn1Tag(TagClass.ContextSpecific, 0);
        var data = outer.ReadSequence(certificates).ReadSequence();
        data.ReadInteger();
        data.ReadSetOf();
        data.ReadSequence();
        var found = new List<FileContent>();
        if (data.HasData && data.PeekTag().HasSameClassAndValue(certificates))
        {
            var set = data.ReadSetOf(skipSortOrderValidation: true, certificates);
            while (set.HasData)
            {
                found.Add(OfSigned(set.ReadEncodedValue().ToArray(), label) with { IsOfSet = true });
            }
        }

        return found.Count > 0 ? found : [new FileContent(ContentKind.Other, label, [])];
    }

    private static FileContent OfSigned(byte[] der, string label) =>
        Loads(() => X509CertificateLoader.LoadCertificate(der).Dispose())
            ? new FileContent(ContentKind.Certificate, label, der)
        : Loads(() => CertificateRequest.LoadSigningRequest(der, HashAlgorithmName.SHA256, NoSignature))
            ? new FileContent(ContentKind.Request, label, [])
        : Loads(() => CertificateRevocationListBuilder.Load(der, out _))
            ? new FileContent(ContentKind.RevocationList, label, [])
        : Unread(label);

    private const CertificateRequestLoadOptions NoSignature =
        CertificateRequestLoadOptions.SkipSignatureValidation
        | CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions;

    private static bool Loads(Action load)
    {
        try
        {
            load();
            return true;
        }
        catch (Exception e)
            when (e is CryptographicException or AsnContentException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    // A label of another kind says more than "damaged".
    private static FileContent Unread(string label) =>
        new(
            label is "" or "CERTIFICATE" or "X509 CERTIFICATE" or "TRUSTED CERTIFICATE" or "PKCS7" || IsForKeys(label)
                ? ContentKind.Damaged
                : ContentKind.Other,
            label,
            []
        );

    private static bool IsForKeys(string label) => label.EndsWith("PRIVATE KEY", StringComparison.Ordinal);
}
