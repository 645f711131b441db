using System.Globalization;
using ErpInstaller.Answers;
using ErpInstaller.Certificate.Provided;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Toml;
using ErpInstaller.Run;

namespace ErpInstaller.Certificate;

/// <summary>The outputs of the certificate step.</summary>
/// <param name="Mode">The certificate mode.</param>
/// <param name="Fingerprint">SHA-256 of the leaf, hex with colons; empty when Traefik or a proxy holds the certificate,
/// or it is not made yet.</param>
/// <param name="ChainPath">The PEM chain in the state directory; null when Traefik or a proxy holds it.</param>
/// <param name="KeyPath">The PEM key in the state directory; null when Traefik or a proxy holds it.</param>
internal sealed record CertificateOutputs(CertificateMode Mode, string Fingerprint, string? ChainPath, string? KeyPath)
    : StepOutputs
{
    /// <summary>DNS names and addresses of the SAN.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>
    /// End of the validity; null when Traefik or a proxy holds the certificate, or it is not made yet.
    /// </summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>True when this system trusts the issuer. Then browsers probably do too, and HSTS makes sense.</summary>
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

    /// <summary>The outputs for files in the state directory.</summary>
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
