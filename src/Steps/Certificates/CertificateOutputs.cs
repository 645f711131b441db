using ErpInstaller.Answers;
using ErpInstaller.Engine;

namespace ErpInstaller.Certificates;

/// <summary>What later steps need of the certificate.</summary>
/// <param name="Mode">Which of the three ways.</param>
/// <param name="Fingerprint">SHA-256 of the leaf, hex with colons; empty when Traefik obtains it, or when it is yet to be made.</param>
/// <param name="ChainPath">The PEM chain in the state directory; null when Traefik obtains it.</param>
/// <param name="KeyPath">The PEM key in the state directory; null when Traefik obtains it.</param>
public sealed record CertificateOutputs(CertificateMode Mode, string Fingerprint, string? ChainPath, string? KeyPath) : StepOutputs
{
    /// <summary>Name of the output that changes with the certificate.</summary>
    public const string FingerprintKey = "fingerprint";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => new Dictionary<string, string>
    {
        ["mode"] = Mode.ToString(),
        [FingerprintKey] = Fingerprint,
    };
}
