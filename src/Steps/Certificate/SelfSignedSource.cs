using System.Net;
using ErpInstaller.Answers;
using ErpInstaller.Run;

namespace ErpInstaller.Certificate;

/// <summary>The installer makes certificate and key and keeps them until they must be replaced.</summary>
internal sealed class SelfSignedSource : ICertificateSource
{
    /// <inheritdoc/>
    public async Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation)
    {
        if (CertificateFiles.Find(context.Directory, context.Secrets, out var why) is not { } found)
        {
            return new ProbeResult.Missing(why);
        }

        if (found.Leaf.Fingerprint == context.AskedFor.ReplacedCertificate)
        {
            return new ProbeResult.Missing($"renewal of the one that is valid {found.Leaf.Validity}");
        }

        var request = await RequestAsync(context, cancellation);
        return request.Misfit(found, context.World.Time.GetUtcNow()) is { } misfit
            ? new ProbeResult.Missing(misfit)
            : new ProbeResult.InPlace(
                CertificateOutputs.Of(CertificateMode.SelfSigned, found.Leaf, trusted: false, context.Directory),
                CertificateStep.Describe("self-signed", found.Leaf)
            );
    }

    /// <inheritdoc/>
    public async Task<CertificatePlan> PlanAsync(StepContext context, CancellationToken cancellation)
    {
        var request = await RequestAsync(context, cancellation);
        var kind = File.Exists(CertificateFiles.ChainPath(context.Directory)) ? ChangeKind.Replace : ChangeKind.Create;
        return new CertificatePlan
        {
            ToMake = request,
            Changes = [new PlannedChange(kind, "self-signed certificate", $"for {string.Join(", ", request.Names)}")],
            Expected = new CertificateOutputs(
                CertificateMode.SelfSigned,
                "",
                CertificateFiles.ChainPath(context.Directory),
                CertificateFiles.KeyPath(context.Directory)
            )
            {
                Names = request.Names,
            },
        };
    }

    // Browsers use the site's name; the address lets operators open the site before DNS is set up.
    private static async Task<SelfSignedRequest> RequestAsync(StepContext context, CancellationToken cancellation)
    {
        var node = await context.World.Nomad.ResolveNodeAsync(context.Answers.Nomad.Node, cancellation);
        return new SelfSignedRequest(
            context.Answers.Site.Name,
            IPAddress.TryParse(node.Address, out var address) ? address : null
        );
    }
}
