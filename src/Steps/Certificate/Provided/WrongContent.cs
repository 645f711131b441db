using ErpInstaller.Core.Text;

namespace ErpInstaller.Certificate.Provided;

/// <summary>Names the content of a file that holds no certificate or no key, with the command that helps.</summary>
internal static class WrongContent
{
    /// <summary>The finding for a file without a certificate.</summary>
    public static CertificateFinding NoCertificate(ProvidedFile file)
    {
        var path = ShellWord.Of(file.Path);
        return Finding(
            file,
            file.Contents[0].Kind == ContentKind.Pkcs12
                ? $"{file.Path} is PKCS#12, in which certificates and key are encrypted"
                : $"{file.Path} holds {NameOf(file.Contents[0])}, but no certificate",
            file.Contents[0].Kind switch
            {
                ContentKind.Request =>
                    "The issuer answers the request with the certificate: use that file. The request is "
                        + $"for: openssl req -in {path}{Form(file)} -noout -subject",
                ContentKind.Pkcs12 => $"openssl pkcs12 -in {path} -nokeys -out site.crt",
                ContentKind.RevocationList => $"openssl crl -in {path}{Form(file)} -noout -issuer",
                _ => $"It must have a line like -----BEGIN CERTIFICATE-----. grep -a -e -----BEGIN {path}",
            }
        );
    }

    /// <summary>The finding for a certificate that cannot be read.</summary>
    /// <param name="number">Its place among the certificates of the file, from 1.</param>
    public static CertificateFinding DamagedCertificate(ProvidedFile file, int number) =>
        Finding(
            file,
            file.Contents[0].Label.Length == 0
                ? $"{file.Path} is binary, and neither a certificate nor PKCS#7 nor PKCS#12"
                : $"certificate {number} in {file.Path} is damaged",
            $"openssl x509 -in {ShellWord.Of(file.Path)}{Form(file)} -noout -subject"
        );

    /// <summary>The finding for a certificate with an extension that cannot be read.</summary>
    public static CertificateFinding UnreadableExtension(ProvidedFile file, string why) =>
        Finding(
            file,
            $"{file.Path}: an extension of a certificate cannot be read: {why}",
            $"openssl x509 -in {ShellWord.Of(file.Path)}{Form(file)} -noout -text"
        );

    /// <summary>The finding for a file without a key that nginx can use.</summary>
    public static CertificateFinding NoKey(ProvidedFile file)
    {
        var path = ShellWord.Of(file.Path);
        return (file.Contents.FirstOrDefault(c => c.IsKey) ?? file.Contents[0]).Kind switch
        {
            ContentKind.EncryptedKey => new CertificateFinding(
                CertificateProblem.KeyEncrypted,
                $"{file.Key}: the key in {file.Path} is encrypted, and nginx cannot ask for its password when it "
                    + "starts",
                $"(umask 077; openssl pkey -in {path}{Form(file)} -out site.key)"
            ),
            ContentKind.OpenSshKey => Finding(
                file,
                $"the key in {file.Path} is in OpenSSH's own format",
                $"(umask 077; cp {path} site.key; ssh-keygen -p -m PEM -N '' -f site.key)"
            ),
            ContentKind.Pkcs12 => Finding(
                file,
                $"{file.Path} is PKCS#12, in which certificates and key are encrypted",
                $"(umask 077; openssl pkcs12 -in {path} -nocerts -noenc -out site.key)"
            ),
            ContentKind.Damaged => Finding(
                file,
                $"the key in {file.Path} is damaged",
                $"openssl pkey -in {path}{Form(file)} -noout -check"
            ),
            ContentKind.Request or ContentKind.PublicKey => Finding(
                file,
                $"{file.Path} holds {NameOf(file.Contents[0])}, but no private key",
                "The private key was made before the request, often in the same directory: "
                    + $"grep -l -e 'PRIVATE KEY' {ShellWord.Of(DirectoryOf(file.Path))}/*"
            ),
            _ => Finding(
                file,
                $"{file.Path} holds {NameOf(file.Contents[0])}, but no private key",
                "It must have a line like -----BEGIN PRIVATE KEY-----."
            ),
        };
    }

    private static string NameOf(FileContent content) =>
        content.Kind switch
        {
            ContentKind.Certificate => "a certificate",
            ContentKind.PrivateKey => "a private key",
            ContentKind.EncryptedKey => "an encrypted private key",
            ContentKind.OpenSshKey => "a key in OpenSSH's own format",
            ContentKind.Request => "a certificate request (CSR)",
            ContentKind.Pkcs12 => "PKCS#12",
            ContentKind.PublicKey => "a public key",
            ContentKind.RevocationList => "a certificate revocation list (CRL)",
            ContentKind.Parameters => "the parameters of a key",
            _ => content.Label,
        };

    private static string Form(ProvidedFile file) => file.Contents[0].Label.Length == 0 ? " -inform DER" : "";

    private static string DirectoryOf(string path) => Path.GetDirectoryName(path) ?? "/";

    private static CertificateFinding Finding(ProvidedFile file, string what, string hint) =>
        new(CertificateProblem.NotPem, $"{file.Key}: {what}", hint);
}
