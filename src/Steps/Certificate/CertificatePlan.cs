using ErpInstaller.Run;

namespace ErpInstaller.Certificate;

/// <summary>
/// The certificate to write to the state directory: a new one, or a copy. Neither when Traefik or a proxy holds it.
/// </summary>
internal sealed record CertificatePlan : StepPlan
{
    /// <summary>The certificate to make.</summary>
    public SelfSignedRequest? ToMake { get; init; }

    /// <summary>The certificate to copy. It has been read and checked.</summary>
    public CertificateFiles? ToCopy { get; init; }
}
