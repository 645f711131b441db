using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ErpInstaller.Certificate.Provided;

namespace ErpInstaller.Tests.Certificate;

/// <summary>Files that hold something else than a certificate or a key.</summary>
public sealed class WrongContentTests : ProvidedFiles
{
    public static TheoryData<string, string, string> NoCertificates() =>
        new()
        {
            { "request", "holds a certificate request (CSR), but no certificate", "openssl req -in" },
            { "PKCS#12", "is PKCS#12, in which certificates and key are encrypted", "openssl pkcs12 -in" },
            { "public key", "holds a public key, but no certificate", "-----BEGIN CERTIFICATE-----" },
            { "revocation list", "holds a certificate revocation list (CRL), but no certificate", "openssl crl -in" },
            { "keystore", "it is a Java keystore (JKS)", "keytool -importkeystore" },
            { "web page", "it is HTML or XML", "head -3" },
            { "SSH key", "it is a public key for SSH", "TLS needs another key" },
            { "PGP", "holds PGP MESSAGE, but no certificate", "-----BEGIN CERTIFICATE-----" },
            { "damaged DER", "is binary, and neither a certificate", "openssl x509" },
        };

    public static TheoryData<string, CertificateProblem, string, string> NoKeys() =>
        new()
        {
            {
                "request",
                CertificateProblem.NotPem,
                "holds a certificate request (CSR), but no private key",
                "grep -l"
            },
            { "PKCS#12", CertificateProblem.NotPem, "is PKCS#12, in which", "-nocerts" },
            { "public key", CertificateProblem.NotPem, "holds a public key, but no private key", "grep -l" },
            { "encrypted key", CertificateProblem.KeyEncrypted, "is encrypted", "openssl pkey -in" },
            { "encrypted DER", CertificateProblem.KeyEncrypted, "is encrypted", "-inform DER" },
            { "OpenSSH key", CertificateProblem.NotPem, "is in OpenSSH's own format", "ssh-keygen -p -m PEM" },
            { "certificate", CertificateProblem.NotPem, "holds a certificate, but no private key", "PRIVATE KEY" },
            { "curve", CertificateProblem.NotPem, "holds the parameters of a key, but no private key", "PRIVATE KEY" },
        };

    [Theory]
    [MemberData(nameof(NoCertificates))]
    public void A_file_without_a_certificate_is_named_as_what_it_is(string content, string what, string hint)
    {
        Write(Key, _root.KeyPem);
        Write(Chain, "");
        File.WriteAllBytes(Chain, BytesOf(content));

        var finding = OnlyFinding(Examine());

        Assert.Equal(CertificateProblem.NotPem, finding.Problem);
        Assert.Contains(what, finding.Message, StringComparison.Ordinal);
        Assert.Contains(hint, finding.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(NoKeys))]
    public void A_file_without_a_key_is_named_as_what_it_is(
        string content,
        CertificateProblem problem,
        string what,
        string hint
    )
    {
        using var leaf = _root.Leaf();
        Write(Chain, leaf.Pem + _root.Pem);
        Write(Key, "");
        File.WriteAllBytes(Key, BytesOf(content));

        var finding = OnlyFinding(Examine());

        Assert.Equal(problem, finding.Problem);
        Assert.Contains(what, finding.Message, StringComparison.Ordinal);
        Assert.Contains(hint, finding.Hint, StringComparison.Ordinal);
    }

    private byte[] BytesOf(string content)
    {
        var key = (ECDsa)_root.PrivateKey;
        var request = new CertificateRequest("CN=erp.example.com", key, HashAlgorithmName.SHA256);
        return content switch
        {
            "request" => Encoding.UTF8.GetBytes(request.CreateSigningRequestPem()),
            "PKCS#12" => new X509Certificate2Collection(_root.Certificate).Export(X509ContentType.Pkcs12)!,
            "public key" => Encoding.UTF8.GetBytes(key.ExportSubjectPublicKeyInfoPem()),
            "revocation list" => new CertificateRevocationListBuilder().Build(
                new X500DistinguishedName("CN=Test Root"),
                X509SignatureGenerator.CreateForECDsa(key),
                1,
                Issued.Now.AddDays(7),
                HashAlgorithmName.SHA256,
                X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier([1, 2]),
                Issued.Now
            ),
            "keystore" => [0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2],
            "web page" => [.. "\n<!DOCTYPE html>\n<title>404</title>\n"u8],
            "SSH key" => [.. "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB admin@example\n"u8],
            "PGP" => [.. "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n"u8],
            "damaged DER" => _root.Der[..100],
            "encrypted key" => Encoding.UTF8.GetBytes(FileFormats.Encrypted(key)),
            "encrypted DER" => PemText.Blocks(FileFormats.Encrypted(key))[0].Bytes!,
            "OpenSSH key" =>
            [
                .. "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE=\n-----END OPENSSH PRIVATE KEY-----\n"u8,
            ],
            "certificate" => Encoding.UTF8.GetBytes(_root.Pem),
            _ => [.. "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"u8],
        };
    }
}
