using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;

namespace ErpInstaller.HostChecks;

/// <summary>
/// Checks whether this host can run the installation. It writes one file, <c>host-facts.json</c>, and changes nothing
/// on the host.
/// </summary>
public sealed class HostChecksStep : Step<HostChecksPlan>
{
    /// <summary>Facts older than this are measured again.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public override string Id => StepId.HostChecks;

    /// <inheritdoc/>
    public override StepInputs Inputs(StepSettings settings) => HostChecksInputs.OfVerdicts(settings);

    /// <summary>Measures and judges now, whatever facts are kept: the <c>check</c> command.</summary>
    public static async Task<HostCheckReport> CheckAsync(StepContext context, CancellationToken cancellation)
    {
        var facts = await HostCheckup.CollectAsync(context, HostFactsFile.Read(context.Directory), cancellation);
        return HostCheckReport.Judge(facts, context.Answers);
    }

    /// <inheritdoc/>
    public override Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation)
    {
        // The facts are kept, the verdicts are not: an acceptance that is added or removed counts at once.
        var facts = HostFactsFile.Read(context.Directory);
        if (facts is null)
        {
            return Missing("the host was not checked yet");
        }

        var age = context.World.Time.GetUtcNow() - facts.CollectedAt;
        if (age > MaxAge || age < TimeSpan.Zero)
        {
            return Missing($"checked at {facts.CollectedAt:yyyy-MM-dd HH:mm}Z, more than an hour ago");
        }

        if (facts.Inputs != HostChecksInputs.OfFacts(context.Settings).Fingerprint())
        {
            return Missing("checked with other answers");
        }

        var report = HostCheckReport.Judge(facts, context.Answers);
        return report.Passed
            ? Task.FromResult<ProbeResult>(new ProbeResult.InPlace(new HostChecksOutputs(report), report.Summary))
            : Missing($"failed before: {string.Join(", ", report.Blocking.Select(r => r.Id))}");
    }

    /// <inheritdoc/>
    public override async Task<HostChecksPlan> PlanAsync(StepContext context, CancellationToken cancellation)
    {
        var facts = await HostCheckup.CollectAsync(context, HostFactsFile.Read(context.Directory), cancellation);
        var report = HostCheckReport.Judge(facts, context.Answers);
        return new HostChecksPlan
        {
            Facts = facts,
            Report = report,
            Finding = report.Passed
                ? report.Summary
                : $"{report.Summary}: install would stop here; erp-installer check shows each with a hint",
            Changes =
            [
                .. report.Blocking.Select(r => new PlannedChange(
                    ChangeKind.Look,
                    $"host check {r.Id}",
                    $"{r.Verdict}: {r.Found}; needed: {r.Needed}"
                )),
            ],
            Expected = report.Passed ? new HostChecksOutputs(report) : null,
        };
    }

    /// <inheritdoc/>
    public override Task RunAsync(HostChecksPlan plan, StepContext context, CancellationToken cancellation)
    {
        HostFactsFile.Write(context.Directory, plan.Facts);
        foreach (var row in plan.Report.Rows)
        {
            context.Report.Checked(row.Id, row.Verdict, row.Found, row.Needed, row.Hint);
            if (row.Reason is { } reason)
            {
                context.Report.Log($"{row.Id}: {row.Found}; accepted by the operator: {reason}", LogLevel.Warning);
            }
        }

        foreach (var warning in plan.Report.Warnings)
        {
            context.Report.Log(warning, LogLevel.Warning);
        }

        return plan.Report.Passed ? Task.CompletedTask : throw HostChecksFailed.For(plan.Report);
    }

    private static Task<ProbeResult> Missing(string reason) =>
        Task.FromResult<ProbeResult>(new ProbeResult.Missing(reason));
}
