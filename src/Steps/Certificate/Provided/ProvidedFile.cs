using ErpInstaller.Core.Text;

namespace ErpInstaller.Certificate.Provided;

/// <summary>One of the two provided files.</summary>
/// <param name="Path">The file's path.</param>
/// <param name="Key">The answer's key, for example <c>certificate.key</c>.</param>
/// <param name="Mode">The file's mode.</param>
/// <param name="Contents">Its parts in order; at least one.</param>
internal sealed record ProvidedFile(string Path, string Key, UnixFileMode Mode, IReadOnlyList<FileContent> Contents)
{
    // A chain has a few kilobytes. A much larger file is not a chain, so it is not read.
    private const long LargestBytes = 1 << 20;
    private const byte DerSequence = 0x30;

    // The beginnings of files that are neither PEM nor DER, in lower case.
    private static readonly (string Beginning, string What, Func<string, string> Hint)[] Known =
    [
        ("\u00fe\u00ed\u00fe\u00ed", "it is a Java keystore (JKS)", f =>
            $"keytool -importkeystore -srckeystore {f} -destkeystore site.p12 -deststoretype PKCS12"
        ),
        ("putty-user-key-file", "it is a key in PuTTY's format", _ =>
            "TLS needs another key: the one with which the certificate was requested."
        ),
        ("ssh-", "it is a public key for SSH", _ =>
            "TLS needs another key: the one with which the certificate was requested."
        ),
        ("<", "it is HTML or XML, probably an error page of a download", f => $"head -3 {f}"),
    ];

    /// <summary>Reads a file. Adds a finding and returns null when it can be neither PEM nor DER.</summary>
    public static ProvidedFile? Read(string path, string key, List<CertificateFinding> findings)
    {
        try
        {
            var file = new FileInfo(path);
            if (Directory.Exists(path) || (file.Exists && file.Length is 0 or > LargestBytes))
            {
                var what =
                    Directory.Exists(path) ? "a directory"
                    : file.Length == 0 ? "empty"
                    : $"{file.Length >> 10} KiB, too large for a PEM chain";
                findings.Add(NotPem(path, key, $"it is {what}", $"ls -l {ShellWord.Of(path)}"));
                return null;
            }

            var bytes = File.ReadAllBytes(path);
            if (ContentsOf(bytes) is { Count: > 0 } contents)
            {
                return new ProvidedFile(path, key, File.GetUnixFileMode(path), contents);
            }

            findings.Add(Unknown(path, key, bytes));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            findings.Add(
                new CertificateFinding(
                    CertificateProblem.FileMissing,
                    $"{key}: there is no file {path}",
                    $"Put the file there, or set {key} in the answers to another path."
                )
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            findings.Add(
                new CertificateFinding(
                    CertificateProblem.FileUnreadable,
                    $"{key}: the file {path} cannot be read: {e.Message}",
                    $"namei -l {ShellWord.Of(path)}"
                )
            );
        }

        return null;
    }

    /// <summary>
    /// The parts of a file: DER, PEM, or either of them in Base64 (Kubernetes and Vault keep secrets so). Empty when it
    /// is none of these.
    /// </summary>
    public static IReadOnlyList<FileContent> ContentsOf(byte[] bytes)
    {
        var contents = Plain(bytes, out var text);
        return contents.Count == 0 && PemText.Base64(text) is { Length: > 0 } inner ? Plain(inner, out _) : contents;
    }

    private static IReadOnlyList<FileContent> Plain(byte[] bytes, out string text)
    {
        text = PemText.Decode(bytes);
        IReadOnlyList<FileContent> blocks = [.. PemText.Blocks(text).SelectMany(FileContent.Of)];
        if (blocks.Count > 0 || bytes is not [DerSequence, ..])
        {
            return blocks;
        }

        // "0" is the same byte as DER's beginning; a text that begins with it is no DER.
        var contents = FileContent.Of(bytes, "");
        return contents is [{ Kind: ContentKind.Damaged }] && text.All(char.IsAscii) ? [] : contents;
    }

    private static CertificateFinding Unknown(string path, string key, byte[] bytes)
    {
        var beginning = new string([.. bytes.Take(32).Select(b => char.ToLowerInvariant((char)b))]);
        var known = Known.FirstOrDefault(k => beginning.TrimStart().StartsWith(k.Beginning, StringComparison.Ordinal));
        var file = ShellWord.Of(path);
        return known.What is null
            ? NotPem(path, key, "no line starts with -----BEGIN", $"head -3 {file}")
            : NotPem(path, key, known.What, known.Hint(file));
    }

    private static CertificateFinding NotPem(string path, string key, string what, string hint) =>
        new(CertificateProblem.NotPem, $"{key}: {path} is not a PEM file: {what}", hint);
}
