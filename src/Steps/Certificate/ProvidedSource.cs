using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Run;

namespace ErpInstaller.Certificate;

/// <summary>
/// The operator provides chain and key. The step copies them, so that the deployed files are the checked ones.
/// </summary>
internal sealed class ProvidedSource : ICertificateSource
{
    /// <inheritdoc/>
    public Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation) =>
        Task.FromResult(Probe(context));

    /// <inheritdoc/>
    public Task<CertificatePlan> PlanAsync(StepContext context, CancellationToken cancellation)
    {
        var (given, files) = FilesOf(context);
        var kind = File.Exists(CertificateFiles.ChainPath(context.Directory)) ? ChangeKind.Replace : ChangeKind.Create;
        return Task.FromResult(
            new CertificatePlan
            {
                ToCopy = files,
                Changes =
                [
                    new PlannedChange(
                        kind,
                        "provided certificate",
                        CertificateStep.Describe($"copy of {context.Answers.Certificate.Certificate}", files.Leaf)
                    ),
                ],
                Expected = OutputsOf(given, files, context),
            }
        );
    }

    /// <summary>Reads the operator's files and checks that they can serve the site.</summary>
    /// <exception cref="InstallerException">They cannot.</exception>
    public static (ProvidedCertificate Given, CertificateFiles Files) FilesOf(StepContext context)
    {
        var given = Examine(context);
        return (given, given.Files ?? throw CertificateRefused.For(given.Findings));
    }

    private static ProbeResult Probe(StepContext context)
    {
        var given = Examine(context);
        if (given.Files is not { } files)
        {
            return new ProbeResult.Missing(given.Findings.First(f => !f.IsWarning).Message);
        }

        if (CertificateFiles.Find(context.Directory, context.Secrets, out var why) is not { } found)
        {
            return new ProbeResult.Missing(why);
        }

        return found.Equal(files)
            ? new ProbeResult.InPlace(
                OutputsOf(given, files, context),
                CertificateStep.Describe("provided", files.Leaf)
            )
            : new ProbeResult.Missing(
                $"{context.Answers.Certificate.Certificate} differs from the copy in the state directory"
            );
    }

    private static ProvidedCertificate Examine(StepContext context)
    {
        var (answers, time) = (context.Answers.Certificate, context.World.Time);
        return ProvidedCertificate.Examine(
            answers.Certificate ?? "",
            answers.Key ?? "",
            context.Answers.Site.Name,
            time.GetUtcNow()
        );
    }

    private static CertificateOutputs OutputsOf(
        ProvidedCertificate given,
        CertificateFiles files,
        StepContext context
    ) => CertificateOutputs.Of(CertificateMode.Provided, files.Leaf, given.IsTrusted, context.Directory);
}
