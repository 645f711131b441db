using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

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
