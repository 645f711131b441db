using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Certificate;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Outside.Site;
using ErpInstaller.Releases;
using ErpInstaller.Run;

namespace ErpInstaller.Verification;

/// <summary>
/// Requests the site like a user, counts the containers, then checks from inside the features that users need. Only
/// then does the site count as installed.
/// </summary>
internal sealed class VerificationStep : Step<VerificationPlan>
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public override string Id => StepId.Verification;

    /// <inheritdoc/>
    public override StepInputs Inputs(StepSettings settings) =>
        new StepInputs().Add(
            settings.Answers,
            "site.name",
            "site.http_port",
            "site.https_port",
            "site.trusted_proxies",
            "certificate.mode"
        );

    /// <inheritdoc/>
    public override async Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation)
    {
        if (await FirstFaultAsync(context, cancellation) is { } fault)
        {
            return new ProbeResult.Missing(fault);
        }

        if (!new InsideRecord(context).IsOfNow())
        {
            return new ProbeResult.Missing("the site answers, but it was not checked from inside yet");
        }

        var outputs = await OutputsAsync(context, cancellation);
        return new ProbeResult.InPlace(
            outputs,
            $"{outputs.Url} answers, {ContainerCount.Total(context.Answers)} containers"
        );
    }

    /// <inheritdoc/>
    public override async Task<VerificationPlan> PlanAsync(StepContext context, CancellationToken cancellation) =>
        new()
        {
            Changes =
            [
                .. Checks(context).Select(c => new PlannedChange(ChangeKind.Look, c.Name, c.Request.Url)),
                new PlannedChange(
                    ChangeKind.Look,
                    "from inside",
                    $"job {new JobIds(context.Answers.Nomad.Job).Verify}: DocTypes, apps, PDF, links, queues, "
                        + "scheduler, realtime"
                ),
            ],
            Expected = await OutputsAsync(context, cancellation),
        };

    /// <inheritdoc/>
    /// <exception cref="InstallerException">A check still failed at the deadline, or an inside check
    /// failed.</exception>
    public override async Task RunAsync(VerificationPlan plan, StepContext context, CancellationToken cancellation)
    {
        await WaitForSiteAsync(context, cancellation);
        context.Report.Progress("checking from inside");
        var findings = await FindAsync(context, cancellation);
        foreach (var finding in findings)
        {
            var level = !finding.Ok || finding.IsWarning ? LogLevel.Warning : LogLevel.Info;
            context.Report.Log($"{finding.Check}: {finding.Found}", level);
        }

        var failed = findings.Where(f => !f.Ok).ToList();
        if (failed.Count > 0)
        {
            throw new InstallerException(
                ErrorCode.VerificationFailed,
                $"{failed[0].Check}: {failed[0].Found}{(failed.Count > 1 ? $" (and {failed.Count - 1} more)" : "")}",
                InsideHints.Of(failed[0].Check, context.Answers)
            )
            {
                Details =
                [
                    .. failed.SelectMany(f =>
                        new[] { $"{f.Check}: {f.Found}", $"  hint: {InsideHints.Of(f.Check, context.Answers)}" }
                    ),
                ],
            };
        }

        new InsideRecord(context).Keep(findings);
        if (await NameWarningAsync(context, cancellation) is { } warning)
        {
            context.Report.Log(warning, LogLevel.Warning);
        }
    }

    // During an update a failure brings the old site back. One slow moment of the node must not do that.
    private static async Task<IReadOnlyList<InsideFinding>> FindAsync(
        StepContext context,
        CancellationToken cancellation
    )
    {
        var findings = await new InsideCheck(context).RunAsync(cancellation);
        if (findings.All(f => f.Ok) || await context.Guard.FindPassAsync(context, cancellation) is null)
        {
            return findings;
        }

        context.Report.Log("the checks from inside failed, and run once more", LogLevel.Warning);
        return await new InsideCheck(context).RunAsync(cancellation);
    }

    private static async Task WaitForSiteAsync(StepContext context, CancellationToken cancellation)
    {
        var time = context.World.Time;
        var deadline = TimeSpan.FromMinutes(context.Answers.Deadlines.Verification);
        var began = time.GetTimestamp();
        var pause = TimeSpan.FromSeconds(1);

        // While the backend starts, the frontend answers 502. That is not a fault yet.
        while (await FirstFaultAsync(context, cancellation) is { } fault)
        {
            if (time.GetElapsedTime(began) + pause > deadline)
            {
                throw new InstallerException(
                    ErrorCode.VerificationFailed,
                    $"{fault} (tried for {deadline.TotalMinutes:0} min)",
                    "erp-installer logs backend; erp-installer plan shows whether the jobs are as planned"
                );
            }

            context.Report.Progress($"waiting: {fault}");
            await Task.Delay(pause, time, cancellation);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private static async Task<string?> FirstFaultAsync(StepContext context, CancellationToken cancellation)
    {
        var pass = await context.Guard.FindPassAsync(context, cancellation);
        foreach (var check in Checks(context))
        {
            var request = check.Request with { Pass = pass };
            if (await FaultAsync(check with { Request = request }, context, cancellation) is { } fault)
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
                : check.HasAssets && answer.Status == 200
                    ? await AssetsFaultAsync(check.Request, answer.Body, context, cancellation)
                : null;
        }
        catch (SiteSilent e)
        {
            return $"{check.Name}: {e.Message}";
        }
    }

    private static async Task<string?> AssetsFaultAsync(
        SiteRequest page,
        string body,
        StepContext context,
        CancellationToken cancellation
    )
    {
        var paths = PageAssets.In(body);
        foreach (var path in paths)
        {
            var request = page with { Path = path };
            if (await context.World.Site.GetAsync(request, cancellation) is { Status: not 200 } answer)
            {
                return $"assets: {request.Url}: status {answer.Status}: the page names it, but it does not exist";
            }
        }

        return paths.Count == 0 ? $"assets: {page.Url}: the page names no style sheet and no script" : null;
    }

    private static string AddressOf(StepContext context) =>
        context.Earlier<DeploymentOutputs>().NodeAddress ?? "127.0.0.1";

    private static IReadOnlyList<SiteCheck> Checks(StepContext context) =>
        SiteChecks.Of(context.Answers, context.Earlier<CertificateOutputs>(), AddressOf(context), Pages(context));

    // The operator's own apps are not in the release, so the path of their page is unknown.
    private static IReadOnlyList<(string Title, string Path)> Pages(StepContext context) =>
        [
            .. context
                .Earlier<AppsOutputs>()
                .Lock.Apps.Select(a => context.Release.Apps.GetValueOrDefault(a.Name))
                .OfType<ReleaseApp>()
                .Where(a => a.Page.Length > 0)
                .Select(a => (a.Title, a.Page)),
        ];

    private static async Task<string?> NameWarningAsync(StepContext context, CancellationToken cancellation) =>
        SiteNames.Warning(
            await context.World.Site.ResolveAsync(context.Answers.Site.Name, cancellation),
            context.Answers,
            AddressOf(context)
        );

    private static async Task<VerificationOutputs> OutputsAsync(StepContext context, CancellationToken cancellation)
    {
        var certificate = context.Earlier<CertificateOutputs>();
        var (address, warning) = (AddressOf(context), await NameWarningAsync(context, cancellation));
        return new VerificationOutputs(
            SiteAddress.Of(context.Answers),
            address,
            certificate.Fingerprint,
            $"erp-installer secrets {VariablePaths.AdminPassword}",
            ContainerCount.Total(context.Answers)
        )
        {
            Mail = new MailReport(context).Summary(),
            Name = warning,
            Elsewhere = SiteNames.Elsewhere(
                context.Answers,
                address,
                leadsHere: warning is null,
                certificate.Trusted || certificate.ChainPath is null
            ),
            Proxy =
                context.Answers.Certificate.Mode != CertificateMode.None
                    ? null
                    : $"point yours at http://{address}:{context.Answers.Site.HttpPort} with the Host "
                        + $"{context.Answers.Site.Name}, X-Forwarded-For and X-Forwarded-Proto",
        };
    }
}
