using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ErpInstaller.Certificate.Provided;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Secrets;

namespace ErpInstaller.Certificate;

/// <summary>A chain and its key as PEM, as they lie in the state directory. No record: its text must never show the key.</summary>
public sealed class CertificateFiles
{
    // The last line of a key can be short enough to occur in other texts.
    private const int ShortestSecretLine = 16;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <param name="chainPem">Certificates only, the site's first.</param>
    /// <param name="keyPem">The unencrypted key.</param>
    /// <param name="leaf">The site's certificate.</param>
    internal CertificateFiles(string chainPem, string keyPem, SiteCertificate leaf)
    {
        ChainPem = chainPem;
        KeyPem = keyPem;
        Leaf = leaf;
    }

    /// <summary>The chain, the site's certificate first.</summary>
    public string ChainPem { get; }

    /// <summary>The key: a secret.</summary>
    public string KeyPem { get; }

    /// <summary>The site's certificate.</summary>
    public SiteCertificate Leaf { get; }

    /// <summary>Where the chain is kept.</summary>
    public static string ChainPath(StateDirectory directory) => directory.In("certificate/site.crt");

    /// <summary>Where the key is kept.</summary>
    public static string KeyPath(StateDirectory directory) => directory.In("certificate/site.key");

    /// <summary>Reads what the certificate step left; the key is registered for redaction.</summary>
    /// <param name="why">What is missing or wrong when nothing is returned: one line.</param>
    public static CertificateFiles? Find(StateDirectory directory, SecretStore secrets, out string why)
    {
        why = "no certificate in the state directory";
        if (!File.Exists(ChainPath(directory)) || !File.Exists(KeyPath(directory)))
        {
            return null;
        }

        var chain = File.ReadAllText(ChainPath(directory));
        var key = Register(File.ReadAllText(KeyPath(directory)), secrets);
        try
        {
            using var leaf = X509Certificate2.CreateFromPem(chain, key);
            return new CertificateFiles(chain, key, SiteCertificate.Of(leaf));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            why = "certificate and key in the state directory do not belong together";
            return null;
        }
    }

    /// <summary>What the certificate step left, if it is the one that its outputs tell of; null while that one is yet to be made or copied.</summary>
    public static CertificateFiles? Of(CertificateOutputs outputs, StateDirectory directory, SecretStore secrets) =>
        Find(directory, secrets, out _) is { } files && files.Leaf.Fingerprint == outputs.Fingerprint ? files : null;

    /// <summary>Writes both, 0600 each. A run that ends in between leaves a pair that does not match, which the probe sees.</summary>
    /// <exception cref="StateDirectoryUnusable">They cannot be written.</exception>
    internal void Write(StateDirectory directory, SecretStore secrets)
    {
        Register(KeyPem, secrets);
        var folder = Path.GetDirectoryName(ChainPath(directory))!;
        try
        {
            Directory.CreateDirectory(folder, OwnerOnly);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateDirectoryUnusable($"{folder}: the directory cannot be created: {e.Message}", e);
        }

        AtomicFile.Write(KeyPath(directory), KeyPem);
        AtomicFile.Write(ChainPath(directory), ChainPem);
    }

    /// <summary>The same certificates and the same key.</summary>
    internal bool Equal(CertificateFiles other) => ChainPem == other.ChainPem && KeyPem == other.KeyPem;

    // Logs come line by line: each line of the key is a secret of its own.
    private static string Register(string key, SecretStore secrets)
    {
        foreach (var line in key.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.Length >= ShortestSecretLine && !line.StartsWith('-'))
            {
                secrets.Register(line);
            }
        }

        return secrets.Register(key);
    }
}
