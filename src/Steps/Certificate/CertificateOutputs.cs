using System.Globalization;
using ErpInstaller.Answers;
using ErpInstaller.Certificate.Provided;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Toml;
using ErpInstaller.Run;

namespace ErpInstaller.Certificate;

/// <summary>What later steps need of the certificate.</summary>
/// <param name="Mode">Which of the four ways.</param>
/// <param name="Fingerprint">SHA-256 of the leaf, hex with colons; empty when it is somebody else's (Traefik's, a proxy's), or yet to be made.</param>
/// <param name="ChainPath">The PEM chain in the state directory; null when it is somebody else's.</param>
/// <param name="KeyPath">The PEM key in the state directory; null when it is somebody else's.</param>
public sealed record CertificateOutputs(CertificateMode Mode, string Fingerprint, string? ChainPath, string? KeyPath)
    : StepOutputs
{
    /// <summary>DNS names and addresses that the certificate is for.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>When its validity ends; null when it is somebody else's, or yet to be made.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>This system trusts its issuer, so browsers are expected to: HSTS makes sense.</summary>
    public bool Trusted { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values
    {
        get
        {
            var values = new Dictionary<string, string>
            {
                ["mode"] = ChoiceName.Of(Mode),
                ["fingerprint"] = Fingerprint,
                ["names"] = string.Join(", ", Names),
                ["trusted"] = Trusted ? "yes" : "no",
            };
            Add(values, "not_after", NotAfter?.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
            Add(values, "certificate", ChainPath);
            Add(values, "key", KeyPath);
            return values;
        }
    }

    /// <summary>What is said of files in the state directory.</summary>
    internal static CertificateOutputs Of(
        CertificateMode mode,
        SiteCertificate leaf,
        bool trusted,
        StateDirectory directory
    ) =>
        new(mode, leaf.Fingerprint, CertificateFiles.ChainPath(directory), CertificateFiles.KeyPath(directory))
        {
            Names = leaf.Names,
            NotAfter = leaf.NotAfter,
            Trusted = trusted,
        };

    private static void Add(Dictionary<string, string> values, string name, string? value)
    {
        if (value is not null)
        {
            values[name] = value;
        }
    }
}
