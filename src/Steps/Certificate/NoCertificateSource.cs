using ErpInstaller.Answers;
using ErpInstaller.Run;

namespace ErpInstaller.Certificate;

/// <summary>The operator's own proxy holds the certificate, so this source makes no files.</summary>
internal sealed class NoCertificateSource : ICertificateSource
{
    /// <inheritdoc/>
    public Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation) =>
        Task.FromResult<ProbeResult>(
            new ProbeResult.InPlace(
                OutputsOf(context),
                "none needed: your own proxy has the certificate; the frontend serves plain HTTP behind it"
            )
        );

    /// <inheritdoc/>
    public Task<CertificatePlan> PlanAsync(StepContext context, CancellationToken cancellation) =>
        Task.FromResult(new CertificatePlan { Changes = [], Expected = OutputsOf(context) });

    // Not trusted: the proxy decides whether to send HSTS.
    private static CertificateOutputs OutputsOf(StepContext context) =>
        new(CertificateMode.None, "", ChainPath: null, KeyPath: null) { Names = [context.Answers.Site.Name] };
}
