using ErpInstaller.Run;

namespace ErpInstaller.Certificate;

/// <summary>One of the four ways to a certificate.</summary>
internal interface ICertificateSource
{
    /// <summary>Is it there, and does it still do?</summary>
    Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation);

    /// <summary>What would be put into the state directory.</summary>
    Task<CertificatePlan> PlanAsync(StepContext context, CancellationToken cancellation);
}
