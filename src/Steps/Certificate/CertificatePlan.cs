using ErpInstaller.Certificate.Provided;
using ErpInstaller.Run;

namespace ErpInstaller.Certificate;

/// <summary>What would be put into the state directory: a certificate to make, or one to copy; neither when it is somebody else's.</summary>
public sealed record CertificatePlan : StepPlan
{
    /// <summary>The certificate to make.</summary>
    public SelfSignedRequest? ToMake { get; init; }

    /// <summary>The certificate to copy, read and checked.</summary>
    public CertificateFiles? ToCopy { get; init; }

    /// <summary>What the operator should know of it.</summary>
    public IReadOnlyList<CertificateFinding> Warnings { get; init; } = [];
}
