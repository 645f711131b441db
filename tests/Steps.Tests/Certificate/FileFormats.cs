using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ErpInstaller.Tests.Certificate;

/// <summary>The forms in which operators have certificates and keys.</summary>
internal static class FileFormats
{
    private static readonly PbeParameters Encryption = new(
        PbeEncryptionAlgorithm.Aes256Cbc,
        HashAlgorithmName.SHA256,
        1000
    );

    /// <summary>The forms that mails, shells and editors give to the text of a PEM file.</summary>
    public static readonly IReadOnlyDictionary<string, Func<string, byte[]>> Texts = new Dictionary<
        string,
        Func<string, byte[]>
    >
    {
        ["as it is"] = Encoding.UTF8.GetBytes,
        ["CRLF"] = t => Encoding.UTF8.GetBytes(t.ReplaceLineEndings("\r\n")),
        ["indented"] = t => Encoding.UTF8.GetBytes(EachLine(t, "    ")),
        ["blank lines"] = t => Encoding.UTF8.GetBytes(t.Replace("\n", "\n\n", StringComparison.Ordinal)),
        ["UTF-8 with BOM"] = t => WithBom(Encoding.UTF8, t),
        ["UTF-16"] = t => WithBom(Encoding.Unicode, t),
        ["UTF-16 big-endian"] = t => WithBom(Encoding.BigEndianUnicode, t),
        ["UTF-16 without BOM"] = Encoding.Unicode.GetBytes,
        ["UTF-32"] = t => WithBom(Encoding.UTF32, t),
        ["literal \\n"] = t => Encoding.UTF8.GetBytes(t.Replace("\n", "\\n", StringComparison.Ordinal)),
        ["JSON of PHP"] = t =>
            Encoding.UTF8.GetBytes(
                $"\"{t.Replace("/", "\\/", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\""
            ),
        ["quoted in a mail"] = t => Encoding.UTF8.GetBytes($"On Monday they wrote:\n{EachLine(t, "> ")}"),
        ["quoted twice"] = t => Encoding.UTF8.GetBytes(EachLine(t, ">> ")),
        ["glued"] = t => Encoding.UTF8.GetBytes(t.Replace("-----\n-----", "----------", StringComparison.Ordinal)),
        ["without line breaks"] = t => Encoding.UTF8.GetBytes(t.Replace("\n", " ", StringComparison.Ordinal)),
        ["typographic dashes"] = t => Encoding.UTF8.GetBytes(t.Replace("-----", "—–", StringComparison.Ordinal)),
        ["zero-width spaces"] = t => Encoding.UTF8.GetBytes(EachLine(t, "\u200b\u00a0")),
        ["Base64 again"] = t => Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(t))),
    };

    /// <summary>The ways to write certificates as PEM.</summary>
    public static readonly IReadOnlyDictionary<string, Func<X509Certificate2Collection, string>> Pems = new Dictionary<
        string,
        Func<X509Certificate2Collection, string>
    >
    {
        ["PEM"] = all => Labelled(all, "CERTIFICATE"),
        ["X509 label"] = all => Labelled(all, "X509 CERTIFICATE"),

        // As openssl x509 -trustout: the certificate, then a sequence with its notes.
        ["TRUSTED"] = all => Labelled(all, "TRUSTED CERTIFICATE", 0x30, 0x00),
        ["PKCS#7"] = all => PemEncoding.WriteString("PKCS7", Pkcs7(all)) + "\n",

        // certutil -encode gives every file this label.
        ["PKCS#7 of certutil"] = all => PemEncoding.WriteString("CERTIFICATE", Pkcs7(all)) + "\n",
    };

    /// <summary>PKCS#7 with these certificates, DER.</summary>
    public static byte[] Pkcs7(X509Certificate2Collection all) => all.Export(X509ContentType.Pkcs7)!;

    /// <summary>A key in the format of openssl before version 1.0.</summary>
    public static string Traditional(AsymmetricAlgorithm key) =>
        key is RSA rsa ? rsa.ExportRSAPrivateKeyPem() + "\n" : ((ECDsa)key).ExportECPrivateKeyPem() + "\n";

    /// <summary>A key with a password.</summary>
    public static string Encrypted(AsymmetricAlgorithm key) =>
        key.ExportEncryptedPkcs8PrivateKeyPem("secret", Encryption) + "\n";

    private static string EachLine(string text, string before) =>
        string.Concat(text.TrimEnd('\n').Split('\n').Select(l => $"{before}{l}\n"));

    private static byte[] WithBom(Encoding encoding, string text) =>
        [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];

    private static string Labelled(X509Certificate2Collection all, string label, params byte[] notes) =>
        string.Concat(all.Select(c => PemEncoding.WriteString(label, [.. c.RawData, .. notes]) + "\n"));
}
