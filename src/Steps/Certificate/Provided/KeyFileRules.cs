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

    /// <summary>Reads the first key of the file. Adds a finding and returns null when it cannot be used.</summary>
    public static SiteKey? FindKey(ProvidedFile file, List<CertificateFinding> findings)
    {
        if (file.Contents.FirstOrDefault(c => c.IsKey) is not { Kind: ContentKind.PrivateKey } content)
        {
            findings.Add(WrongContent.NoKey(file));
            return null;
        }

        if (SiteKey.Read(content.Der) is { } key)
        {
            return key;
        }

        findings.Add(
            new CertificateFinding(
                CertificateProblem.KeyUnsupported,
                $"{file.Key}: {file.Path}: the key is not a readable RSA or ECDSA key (P-256, P-384, P-521)",
                "Browsers accept no other kind. openssl ecparam -name prime256v1 -genkey -noout -out site.key, then "
                    + "request a new certificate."
            )
        );
        return null;
    }
}
