using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ErpInstaller.Certificate.Provided;

/// <summary>A block of a PEM file (RFC 7468).</summary>
/// <param name="Label">Its label, for example <c>CERTIFICATE</c>.</param>
/// <param name="Text">The whole block with line feeds only.</param>
/// <param name="IsReadable">False when its Base64 is damaged, its end is missing, or it has the headers of an encrypted
/// key.</param>
internal sealed partial record PemBlock(string Label, string Text, bool IsReadable)
{
    /// <summary>True for a private key of any format.</summary>
    public bool IsPrivateKey => Label.EndsWith("PRIVATE KEY", StringComparison.Ordinal);

    /// <summary>True for a certificate.</summary>
    public bool IsCertificate => Label == "CERTIFICATE";

    /// <summary>
    /// True for a key that is encrypted with a password, in PKCS#8 or with the older headers (RFC 1421).
    /// </summary>
    public bool IsEncrypted =>
        Label == "ENCRYPTED PRIVATE KEY" || Text.Contains("\nProc-Type: 4,ENCRYPTED", StringComparison.Ordinal);

    /// <summary>Finds all blocks of a text, in order. Text between blocks is a comment.</summary>
    public static IReadOnlyList<PemBlock> Split(string text)
    {
        var plain = text.ReplaceLineEndings("\n");
        var begins = Begin().Matches(plain);
        return
        [
            .. begins.Select(
                (b, i) =>
                    Read(b.Groups[1].Value, plain[b.Index..(i + 1 < begins.Count ? begins[i + 1].Index : plain.Length)])
            ),
        ];
    }

    private static PemBlock Read(string label, string text) =>
        PemEncoding.TryFind(text, out var found) && found.Location.Start.Value == 0
            ? new PemBlock(label, text[found.Location], IsReadable: true)
            : new PemBlock(label, text, IsReadable: false);

    [GeneratedRegex("-----BEGIN ([A-Z0-9 ]+)-----")]
    private static partial Regex Begin();
}
