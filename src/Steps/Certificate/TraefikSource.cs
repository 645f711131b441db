using ErpInstaller.Answers;
using ErpInstaller.Run;

namespace ErpInstaller.Certificate;

/// <summary>
/// Traefik obtains and keeps the certificate, so this source makes no files. The deployment sets Traefik's tags.
/// </summary>
internal sealed class TraefikSource : ICertificateSource
{
    /// <inheritdoc/>
    public Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation)
    {
        var outputs = OutputsOf(context);
        return Task.FromResult<ProbeResult>(
            new ProbeResult.InPlace(
                outputs,
                $"Let's Encrypt by Traefik's resolver {context.Answers.Certificate.Resolver}: no files here; the "
                    + "frontend serves plain HTTP behind Traefik"
            )
        );
    }

    /// <inheritdoc/>
    public Task<CertificatePlan> PlanAsync(StepContext context, CancellationToken cancellation) =>
        Task.FromResult(new CertificatePlan { Changes = [], Expected = OutputsOf(context) });

    private static CertificateOutputs OutputsOf(StepContext context) =>
        new(CertificateMode.LetsEncrypt, "", ChainPath: null, KeyPath: null)
        {
            Names = [context.Answers.Site.Name],
            Trusted = true,
        };
}
