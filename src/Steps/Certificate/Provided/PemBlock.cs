using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ErpInstaller.Certificate.Provided;

/// <summary>A block of a PEM file (RFC 7468).</summary>
/// <param name="Label">What it says to be, for example <c>CERTIFICATE</c>.</param>
/// <param name="Text">From its first line to its last, lines ended by line feeds only.</param>
/// <param name="IsReadable">False: its Base64 is damaged, it has no end, or it has the headers of an encrypted key.</param>
internal sealed partial record PemBlock(string Label, string Text, bool IsReadable)
{
    /// <summary>It is a private key, of whatever kind.</summary>
    public bool IsPrivateKey => Label.EndsWith("PRIVATE KEY", StringComparison.Ordinal);

    /// <summary>It is a certificate.</summary>
    public bool IsCertificate => Label == "CERTIFICATE";

    /// <summary>It is a key under a password: PKCS#8's way, or the older one with headers (RFC 1421).</summary>
    public bool IsEncrypted =>
        Label == "ENCRYPTED PRIVATE KEY" || Text.Contains("\nProc-Type: 4,ENCRYPTED", StringComparison.Ordinal);

    /// <summary>All blocks of a text, in their order. Text between them is a comment.</summary>
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
