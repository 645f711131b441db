using ErpInstaller.Answers;
using ErpInstaller.Certificates;
using ErpInstaller.Deployment;
using ErpInstaller.Engine;
using ErpInstaller.Nomad;

namespace ErpInstaller.Verification;

/// <summary>Asks the site, as its users would, and counts the containers. Only then is it installed.</summary>
public sealed class VerificationStep : Step<VerificationPlan>
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public override string Id => StepId.Verification;

    /// <inheritdoc/>
    public override StepInputs Inputs(StepSettings settings) => new StepInputs()
        .Add("site", [settings.Answers.Site.Name, $"{settings.Answers.Site.HttpPort}", $"{settings.Answers.Site.HttpsPort}", .. settings.Answers.Site.TrustedProxies])
        .Add("certificate.mode", settings.Answers.Certificate.Mode)
        .AddOutput(StepId.Certificate, CertificateOutputs.FingerprintKey);

    /// <inheritdoc/>
    public override async Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation) =>
        await FirstFaultAsync(context, cancellation) is { } fault
            ? new ProbeResult.Missing(fault)
            : new ProbeResult.InPlace(OutputsOf(context), $"{OutputsOf(context).Url} answers, {ContainerCount.Total(context.Answers)} containers");

    /// <inheritdoc/>
    public override Task<VerificationPlan> PlanAsync(StepContext context, CancellationToken cancellation) => Task.FromResult(new VerificationPlan
    {
        Changes = [.. SiteChecks.Of(context.Answers, context.Earlier<CertificateOutputs>(), AddressOf(context))
            .Select(c => new PlannedChange(ChangeKind.Look, c.Name, c.Request.Url))],
        Expected = OutputsOf(context),
    });

    /// <inheritdoc/>
    /// <exception cref="VerificationFailed">At the deadline something was still not as it must be.</exception>
    public override async Task RunAsync(VerificationPlan plan, StepContext context, CancellationToken cancellation)
    {
        var time = context.World.Time;
        var deadline = TimeSpan.FromMinutes(context.Answers.Deadlines.Verification);
        var began = time.GetTimestamp();
        var pause = TimeSpan.FromSeconds(1);

        // A backend that has just started answers 502 for a while: that is no fault yet.
        while (await FirstFaultAsync(context, cancellation) is { } fault)
        {
            if (time.GetElapsedTime(began) + pause > deadline)
            {
                throw new VerificationFailed(
                    $"{fault} (asked for {deadline.TotalMinutes:0} min)",
                    $"nomad job status {context.Answers.Nomad.Job}; nomad alloc logs -job {context.Answers.Nomad.Job} -task backend");
            }

            context.Report.Progress($"waiting: {fault}");
            await Task.Delay(pause, time, cancellation);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private static async Task<string?> FirstFaultAsync(StepContext context, CancellationToken cancellation)
    {
        foreach (var check in SiteChecks.Of(context.Answers, context.Earlier<CertificateOutputs>(), AddressOf(context)))
        {
            if (await FaultAsync(check, context, cancellation) is { } fault)
            {
                return fault;
            }
        }

        try
        {
            return await ContainerCount.MissingAsync(context.World.Nomad, context.Answers, cancellation);
        }
        catch (NomadUnreachable e)
        {
            return e.Message;
        }
    }

    private static async Task<string?> FaultAsync(SiteCheck check, StepContext context, CancellationToken cancellation)
    {
        try
        {
            var answer = await context.World.Site.GetAsync(check.Request, cancellation);
            return check.Judge(answer) is { } fault ? $"{check.Name}: {check.Request.Url}: {fault}"
                : check.HasAssets ? await AssetsFaultAsync(check.Request, answer.Body, context, cancellation)
                : null;
        }
        catch (SiteSilent e)
        {
            return $"{check.Name}: {e.Message}";
        }
    }

    private static async Task<string?> AssetsFaultAsync(SiteRequest page, string body, StepContext context, CancellationToken cancellation)
    {
        var paths = PageAssets.In(body);
        foreach (var path in paths)
        {
            var request = page with { Path = path };
            if (await context.World.Site.GetAsync(request, cancellation) is { Status: not 200 } answer)
            {
                return $"assets: {request.Url}: status {answer.Status}: the page names it, and it is not there";
            }
        }

        return paths.Count == 0 ? $"assets: {page.Url}: the page names no style sheet and no script" : null;
    }

    private static string AddressOf(StepContext context) => context.Earlier<DeploymentOutputs>().NodeAddress ?? "127.0.0.1";

    private static VerificationOutputs OutputsOf(StepContext context)
    {
        var (answers, behindTraefik) = (context.Answers, context.Answers.Certificate.Mode == CertificateMode.LetsEncrypt);
        var site = new SiteRequest(AddressOf(context), behindTraefik ? 443 : answers.Site.HttpsPort, Tls: true, answers.Site.Name, "");
        return new VerificationOutputs(
            site.Url,
            site.Address,
            context.Earlier<CertificateOutputs>().Fingerprint,
            $"nomad var get -item {VariablePaths.AdminPassword} {VariablePaths.Init(context.Answers.Nomad.Job)}",
            ContainerCount.Total(context.Answers))
        {
            Mail = new MailReport(context).Summary(),
            Proxy = answers.Certificate.Mode != CertificateMode.None ? null
                : $"point yours at http://{site.Address}:{answers.Site.HttpPort} with the Host {answers.Site.Name}, X-Forwarded-For and X-Forwarded-Proto",
        };
    }
}
