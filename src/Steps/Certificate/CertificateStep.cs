using System.Diagnostics;
using ErpInstaller.Answers;
using ErpInstaller.Certificate.Provided;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;

namespace ErpInstaller.Certificate;

/// <summary>
/// Makes the site's certificate and key, or checks and copies them; or leaves both to Traefik or the operator's own
/// proxy.
/// </summary>
internal sealed class CertificateStep : Step<CertificatePlan>, ILooksAhead
{
    /// <inheritdoc/>
    public override string Id => StepId.Certificate;

    /// <inheritdoc/>
    /// <remarks>The content of the provided files is no input: the probe compares them with the copies.</remarks>
    public override StepInputs Inputs(StepSettings settings) =>
        new StepInputs().Add(
            settings.Answers,
            "certificate.mode",
            "certificate.certificate",
            "certificate.key",
            "certificate.resolver",
            "site.name"
        );

    /// <inheritdoc/>
    public override Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation) =>
        SourceOf(context.Answers.Certificate.Mode).ProbeAsync(context, cancellation);

    /// <inheritdoc/>
    /// <exception cref="InstallerException">The provided certificate cannot serve the site.</exception>
    public override Task<CertificatePlan> PlanAsync(StepContext context, CancellationToken cancellation) =>
        SourceOf(context.Answers.Certificate.Mode).PlanAsync(context, cancellation);

    /// <inheritdoc/>
    /// <remarks>
    /// It also logs the warnings, whether the certificate is in place or not: a certificate that expires soon is
    /// usually in place.
    /// </remarks>
    /// <exception cref="InstallerException">The provided certificate cannot serve the site.</exception>
    public void LookAhead(StepContext context)
    {
        if (context.Answers.Certificate.Mode == CertificateMode.Provided)
        {
            foreach (var warning in ProvidedSource.FilesOf(context).Given.Findings)
            {
                context.Report.Log($"{warning.Message}. {warning.Hint}", LogLevel.Warning);
            }
        }
    }

    /// <inheritdoc/>
    public override Task RunAsync(CertificatePlan plan, StepContext context, CancellationToken cancellation)
    {
        var files = plan.ToCopy ?? plan.ToMake?.Make(context.World.Time.GetUtcNow());
        if (files is not null)
        {
            var before = CertificateFiles.Find(context.Directory, context.Secrets, out _);
            files.Write(context.Directory, context.Secrets);
            Tell(before, files, context);
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Describes a certificate in one line: kind, names, expiry, and the fingerprint that browsers show.
    /// </summary>
    internal static string Describe(string which, SiteCertificate leaf) =>
        $"{which} for {string.Join(", ", leaf.Names)}, until {leaf.NotAfter:yyyy-MM-dd}, SHA-256 {leaf.Fingerprint}";

    private static void Tell(CertificateFiles? before, CertificateFiles after, StepContext context)
    {
        if (before is not null)
        {
            context.Report.Log(
                $"the certificate is valid {after.Leaf.Validity}; the one before it, {before.Leaf.Validity}"
            );
        }
    }

    /// <summary>The source of the certificate in a mode.</summary>
    internal static ICertificateSource SourceOf(CertificateMode mode) =>
        mode switch
        {
            CertificateMode.SelfSigned => new SelfSignedSource(),
            CertificateMode.Provided => new ProvidedSource(),
            CertificateMode.None => new NoCertificateSource(),
            CertificateMode.LetsEncrypt => new TraefikSource(),
            _ => throw new UnreachableException(),
        };
}
