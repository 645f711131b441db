using System.Text;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Certificate.Provided;

/// <summary>One of the two provided files.</summary>
/// <param name="Path">The file's path.</param>
/// <param name="Key">The answer's key, for example <c>certificate.key</c>.</param>
/// <param name="Mode">The file's mode.</param>
/// <param name="Blocks">The PEM blocks; at least one.</param>
internal sealed record ProvidedFile(string Path, string Key, UnixFileMode Mode, IReadOnlyList<PemBlock> Blocks)
{
    // A chain has a few kilobytes. A much larger file is not a chain, so it is not read.
    private const long LargestBytes = 1 << 20;
    private const byte DerSequence = 0x30;

    /// <summary>Reads a file. Adds a finding and returns null when it is not PEM.</summary>
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
            var blocks = PemBlock.Split(Encoding.UTF8.GetString(bytes));
            if (blocks.Count > 0)
            {
                return new ProvidedFile(path, key, File.GetUnixFileMode(path), blocks);
            }

            findings.Add(
                bytes[0] == DerSequence
                    ? NotPem(path, key, "it is binary (DER or PKCS#12)", Conversion(path, key))
                    : NotPem(path, key, "no line starts with -----BEGIN", $"head -3 {ShellWord.Of(path)}")
            );
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

    private static CertificateFinding NotPem(string path, string key, string what, string hint) =>
        new(CertificateProblem.NotPem, $"{key}: {path} is not a PEM file: {what}", hint);

    private static string Conversion(string path, string key) =>
        key == ProvidedKeys.Key
            ? $"openssl pkey -inform DER -in {ShellWord.Of(path)} -out site.key (from PKCS#12: openssl pkcs12 -in "
                + $"{ShellWord.Of(path)} -nocerts -noenc -out site.key)"
            : $"openssl x509 -inform DER -in {ShellWord.Of(path)} -out site.crt (from PKCS#12: openssl pkcs12 -in "
                + $"{ShellWord.Of(path)} -nokeys -out site.crt)";
}
