using ErpInstaller.Run;

namespace ErpInstaller.Certificate;

/// <summary>Where the certificate comes from; one implementation for each certificate mode.</summary>
internal interface ICertificateSource
{
    /// <summary>Finds out whether the certificate is in place and can still be used.</summary>
    Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation);

    /// <summary>Plans the files to write to the state directory.</summary>
    Task<CertificatePlan> PlanAsync(StepContext context, CancellationToken cancellation);
}
