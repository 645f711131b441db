using ErpInstaller.Answers;
using ErpInstaller.Run;

namespace ErpInstaller.Certificate;

/// <summary>A proxy of the operator's own has the certificate: nothing is to be done but to say so.</summary>
internal sealed class NoCertificateSource : ICertificateSource
{
    /// <inheritdoc/>
    public Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation) =>
        Task.FromResult<ProbeResult>(
            new ProbeResult.InPlace(
                OutputsOf(context),
                "none needed: your own proxy has the certificate, the frontend serves plain HTTP behind it"
            )
        );

    /// <inheritdoc/>
    public Task<CertificatePlan> PlanAsync(StepContext context, CancellationToken cancellation) =>
        Task.FromResult(new CertificatePlan { Changes = [], Expected = OutputsOf(context) });

    // Not trusted: whether browsers are held to HTTPS (HSTS) is for the proxy to say.
    private static CertificateOutputs OutputsOf(StepContext context) =>
        new(CertificateMode.None, "", ChainPath: null, KeyPath: null) { Names = [context.Answers.Site.Name] };
}
