using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Outside.Host;

/// <summary>Certificates of CAs in files of this host.</summary>
/// <param name="Files">The files that hold at least one certificate.</param>
/// <param name="Pem">All certificates as PEM, each once; empty when there is none.</param>
/// <param name="Unreadable">The files without a certificate that can be read.</param>
public sealed record AuthorityFiles(IReadOnlyList<string> Files, string Pem, IReadOnlyList<string> Unreadable)
{
    /// <summary>No certificate.</summary>
    public static AuthorityFiles None { get; } = new([], "", []);
}

/// <summary>Reads the CAs that an administrator added to those of the operating system.</summary>
internal static class HostAuthorities
{
    // Debian, Alpine: update-ca-certificates(8). Red Hat: update-ca-trust(8). SUSE, Arch: p11-kit's trust(1).
    private static readonly (string Folder, string Pattern)[] Places =
    [
        ("/usr/local/share/ca-certificates", "*.crt"),
        ("/etc/pki/ca-trust/source/anchors", "*"),
        ("/etc/pki/trust/anchors", "*"),
        ("/etc/ca-certificates/trust-source/anchors", "*"),
    ];

    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true };

    /// <summary>Those that were added to the system below a root.</summary>
    public static AuthorityFiles ReadAdded(HostFiles files) =>
        Read([
            .. Places
                .Where(p => Directory.Exists(files.At(p.Folder)))
                .SelectMany(p => Directory.GetFiles(files.At(p.Folder), p.Pattern, Below))
                .Order(StringComparer.Ordinal),
        ]);

    /// <summary>Those in files: PEM with one or more certificates, or one certificate as DER.</summary>
    public static AuthorityFiles Read(IReadOnlyList<string> paths)
    {
        var (good, bad) = (new List<string>(), new List<string>());
        var certificates = new HashSet<string>();
        foreach (var path in paths)
        {
            var found = CertificatesIn(path);
            certificates.UnionWith(found);
            (found.Count > 0 ? good : bad).Add(path);
        }

        return new AuthorityFiles(good, string.Concat(certificates.Select(c => c + "\n")), bad);
    }

    /// <summary>The CAs that the answers ask for.</summary>
    /// <param name="key">The key of the answers.</param>
    /// <param name="path">Its value: a file; empty: none; null: those that were added to this host.</param>
    /// <param name="code">The error where the file has no certificate.</param>
    /// <exception cref="InstallerException">The file does not exist, or no certificate can be read from it.</exception>
    public static AuthorityFiles ReadAnswer(string key, string? path, ErrorCode code, IHost host) =>
        path switch
        {
            null => host.ReadAddedAuthorities(),
            "" => AuthorityFiles.None,
            _ when !File.Exists(path) => throw new InstallerException(
                code,
                $"{key}: there is no file {path}",
                "Set it to the path of a PEM file with the CA's certificate, or remove it."
            ),
            _ => Read([path]) is { Files.Count: > 0 } found
                ? found
                : throw new InstallerException(
                    code,
                    $"{key}: no certificate can be read from {path}",
                    "It must be a certificate as PEM or DER. See what it is: "
                        + $"openssl x509 -noout -subject -in {ShellWord.Of(path)}"
                ),
        };

    private static List<string> CertificatesIn(string path)
    {
        var found = new X509Certificate2Collection();
        try
        {
            var bytes = File.ReadAllBytes(path);
            var text = Encoding.Latin1.GetString(bytes);
            if (text.Contains("-----BEGIN ", StringComparison.Ordinal))
            {
                found.ImportFromPem(text);
            }
            else
            {
                found.Add(X509CertificateLoader.LoadCertificate(bytes));
            }

            return [.. found.Select(c => c.ExportCertificatePem())];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return [];
        }
        finally
        {
            foreach (var certificate in found)
            {
                certificate.Dispose();
            }
        }
    }
}
