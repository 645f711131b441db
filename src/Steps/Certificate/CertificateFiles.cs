using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ErpInstaller.Certificate.Provided;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Secrets;

namespace ErpInstaller.Certificate;

/// <summary>
/// A chain and its key as PEM, as the state directory holds them. Not a record, because ToString must never print the
/// key.
/// </summary>
internal sealed class CertificateFiles
{
    // The last line of a key can be so short that other texts contain it.
    private const int ShortestSecretLine = 16;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <param name="chainPem">Only certificates, leaf first.</param>
    /// <param name="keyPem">The unencrypted key.</param>
    /// <param name="leaf">The leaf.</param>
    internal CertificateFiles(string chainPem, string keyPem, SiteCertificate leaf)
    {
        ChainPem = chainPem;
        KeyPem = keyPem;
        Leaf = leaf;
    }

    /// <summary>The chain, leaf first.</summary>
    public string ChainPem { get; }

    /// <summary>The key: a secret.</summary>
    public string KeyPem { get; }

    /// <summary>The leaf.</summary>
    public SiteCertificate Leaf { get; }

    /// <summary>Path of the chain in the state directory.</summary>
    public static string ChainPath(StateDirectory directory) => directory.In("certificate/site.crt");

    /// <summary>Path of the key in the state directory.</summary>
    public static string KeyPath(StateDirectory directory) => directory.In("certificate/site.key");

    /// <summary>Reads the files of the certificate step and registers the key for redaction.</summary>
    /// <param name="why">The reason when null is returned, in one line.</param>
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
            why = "the key in the state directory does not belong to the certificate there";
            return null;
        }
    }

    /// <summary>Reads the certificate that the step's outputs describe; null while it is not written yet.</summary>
    public static CertificateFiles? Of(CertificateOutputs outputs, StateDirectory directory, SecretStore secrets) =>
        Find(directory, secrets, out _) is { } files && files.Leaf.Fingerprint == outputs.Fingerprint ? files : null;

    /// <summary>
    /// Writes both files with mode 0600. If a run is killed in between, the pair does not match, and the probe detects
    /// that.
    /// </summary>
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

    // Log lines are redacted one by one, so each line of the key is registered as a secret.
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
