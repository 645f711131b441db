using ErpInstaller.Core.Text;

namespace ErpInstaller.Certificate.Provided;

/// <summary>The rules for the key file.</summary>
internal static class KeyFileRules
{
    private const UnixFileMode Anybody = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite;

    /// <summary>Other users must not read it. A group may (Debian's ssl-cert), with a warning.</summary>
    public static IEnumerable<CertificateFinding> Permissions(ProvidedFile file)
    {
        var mode = Convert.ToString((int)file.Mode, 8).PadLeft(4, '0');
        if ((file.Mode & Anybody) != 0)
        {
            yield return new CertificateFinding(
                CertificateProblem.KeyOpenToOthers,
                $"{file.Key}: other users can read or write the key in {file.Path} (mode {mode})",
                $"chmod 600 {ShellWord.Of(file.Path)}"
            );
        }
        else if (file.Mode.HasFlag(UnixFileMode.GroupRead))
        {
            yield return new CertificateFinding(
                CertificateProblem.KeyOpenToOthers,
                $"{file.Key}: the group can read the key in {file.Path} (mode {mode})",
                $"chmod 600 {ShellWord.Of(file.Path)}",
                IsWarning: true
            );
        }
    }

    /// <summary>Finds the key of the file. Adds a finding and returns null when it cannot be used.</summary>
    public static PemBlock? FindKey(ProvidedFile file, List<CertificateFinding> findings)
    {
        var block = file.Blocks.FirstOrDefault(b => b.IsPrivateKey);
        var finding = block switch
        {
            null => new CertificateFinding(
                CertificateProblem.NotPem,
                $"{file.Key}: {file.Path} holds {file.Blocks[0].Label}, but no private key",
                "It must have a line like -----BEGIN PRIVATE KEY-----."
            ),
            { IsEncrypted: true } => new CertificateFinding(
                CertificateProblem.KeyEncrypted,
                $"{file.Key}: the key in {file.Path} is encrypted, and nginx cannot ask for its password when it "
                    + "starts",
                $"(umask 077; openssl pkey -in {ShellWord.Of(file.Path)} -out site.key)"
            ),
            { IsReadable: false } => new CertificateFinding(
                CertificateProblem.NotPem,
                $"{file.Key}: the key in {file.Path} is damaged",
                $"openssl pkey -in {ShellWord.Of(file.Path)} -noout -check"
            ),
            _ => null,
        };
        if (finding is null)
        {
            return block;
        }

        findings.Add(finding);
        return null;
    }

    /// <summary>The key is of a kind that browsers accept.</summary>
    public static CertificateFinding Unsupported(string key, string path) =>
        new(
            CertificateProblem.KeyUnsupported,
            $"{key}: {path}: the key is not a readable RSA or ECDSA key (P-256, P-384, P-521)",
            "Browsers accept no other kind. openssl ecparam -name prime256v1 -genkey -noout -out site.key, then "
                + "request a new certificate."
        );
}
