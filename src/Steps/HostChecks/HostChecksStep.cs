using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;

namespace ErpInstaller.HostChecks;

/// <summary>Looks whether this host can run the installation. Changes nothing but its own memory, <c>host-facts.json</c>.</summary>
public sealed class HostChecksStep : Step<HostChecksPlan>
{
    /// <summary>Older facts are measured again.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public override string Id => StepId.HostChecks;

    /// <inheritdoc/>
    public override StepInputs Inputs(StepSettings settings) => HostChecksInputs.OfVerdicts(settings);

    /// <summary>Measures and judges now, whatever was measured before: the <c>check</c> command.</summary>
    public static async Task<HostCheckReport> CheckAsync(StepContext context, CancellationToken cancellation)
    {
        var facts = await HostCheckup.CollectAsync(context, HostFactsFile.Read(context.Directory), cancellation);
        return HostCheckReport.Judge(facts, context.Answers);
    }

    /// <inheritdoc/>
    public override Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation)
    {
        // Judged anew each time: an acceptance that was added or taken away counts at once.
        var facts = HostFactsFile.Read(context.Directory);
        if (facts is null)
        {
            return Missing("not looked at yet");
        }

        var age = context.World.Time.GetUtcNow() - facts.CollectedAt;
        if (age > Fresh || age < TimeSpan.Zero)
        {
            return Missing($"looked at {facts.CollectedAt:yyyy-MM-dd HH:mm}Z, more than an hour ago");
        }

        if (facts.Inputs != HostChecksInputs.OfFacts(context.Settings).Fingerprint())
        {
            return Missing("looked at with other answers");
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
                : $"{report.Summary}: install would stop here; check shows each with a hint",
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
