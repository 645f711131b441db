using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Verification;

/// <summary>
/// Runs <c>verify.py</c> as the verify job, beside the installation's containers, and reads its findings.
/// </summary>
internal sealed class InsideCheck(StepContext context)
{
    private const int Lines = 100;
    private static readonly string[] ThroughProxy = ["inside-address", "inside-pdf", "inside-realtime"];

    // The container's image is on the node already. On a busy node Nomad may still need some time to place it.
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);

    // verify.py ends its checks after 25 s; on an idle machine it takes five.
    private static readonly TimeSpan RunLimit = TimeSpan.FromSeconds(30);

    private readonly NomadClient _nomad = context.World.Nomad;
    private readonly TaskOutput _output = new(context.World.Nomad, context.World.Docker);
    private readonly string _id = new JobIds(context.Answers.Nomad.Job).Verify;

    /// <summary>Registers the job and waits for its findings.</summary>
    /// <exception cref="InstallerException">A job of that name was not made by the installer.</exception>
    public async Task<IReadOnlyList<InsideFinding>> RunAsync(CancellationToken cancellation)
    {
        var inputs = await new JobPlanning(context).InputsAsync(cancellation);
        var run = await new ExistingJobs(context).NextRunAsync(_id, cancellation);
        var job = new VerifyJob(
            context.Settings,
            inputs with
            {
                Runs = new Dictionary<string, int> { [$"{_id}/{VerifyJob.Group}"] = run },
            },
            context.Assets
        ).Build();
        var json = JobJson.Render(job);
        var plan = await _nomad.PlanAsync(json, cancellation);
        if (plan.FailedTGAllocs is { Count: > 0 } blocked)
        {
            return
            [
                Unknown(
                    $"the inside checks did not run: no node has room for their job: {blocked.First().Value.Describe()}"
                ),
            ];
        }

        await _nomad.RegisterAsync(json, plan.JobModifyIndex, JobHcl.Render(job), cancellation);
        var version = (await _nomad.FindJobAsync(_id, cancellation))?.Version ?? 0;
        return [.. (await FollowAsync(version, cancellation)).Select(Excused)];
    }

    // The operator may set up the proxy after this run. Until the proxy serves the site, checks that go through it only
    // warn.
    private InsideFinding Excused(InsideFinding finding) =>
        finding.Ok || context.Answers.Certificate.Mode != CertificateMode.None || !ThroughProxy.Contains(finding.Check)
            ? finding
            : finding with
            {
                Ok = true,
                IsWarning = true,
                Found = $"{finding.Found} (the check goes through your proxy, at {SiteAddress.Of(context.Answers)})",
            };

    private async Task<IReadOnlyList<InsideFinding>> FollowAsync(long version, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(StartLimit, context.World.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timer.Token);
        var stop = either.Token;
        IReadOnlyList<InsideFinding> found = [];
        var (runs, hasLog) = (false, false);
        try
        {
            var ended = await new ShortJob(context, _id, VerifyJob.Task, Lines).FollowAsync(
                version,
                () =>
                {
                    runs = true;
                    timer.CancelAfter(RunLimit);
                },
                lines =>
                {
                    hasLog = lines is { Count: > 0 };
                    found = lines is null ? found : InsideFinding.In(lines);
                    context.Report.Progress($"checking from inside: {found.Count} checks done");
                    return lines is not null && InsideFinding.AreAll(lines);
                },
                stop
            );
            return ended is null ? found : [.. found, await EndOfAsync(ended, hasLog, stop)];
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return
            [
                .. found,
                new InsideFinding(
                    "inside",
                    Ok: false,
                    IsWarning: false,
                    runs
                        ? $"the checks from inside did not end within {RunLimit.TotalSeconds:0} s"
                        : $"the container for the checks from inside did not start within {StartLimit.TotalSeconds:0} s"
                ),
            ];
        }
    }

    private async Task<InsideFinding> EndOfAsync(NomadAllocation allocation, bool hasLog, CancellationToken stop)
    {
        if (allocation.ClientStatus == "complete")
        {
            return new InsideFinding(
                "inside",
                Ok: true,
                IsWarning: false,
                "all inside checks passed; Nomad has no log of them"
            );
        }

        var end = await new AllocationDiagnosis(_output).LookAsync(allocation, stop);
        return new InsideFinding(
            "inside",
            Ok: false,
            IsWarning: false,
            hasLog ? $"the inside checks stopped early: {end.Message}" : $"the inside checks failed: {end.Message}"
        );
    }

    private static InsideFinding Unknown(string found) => new("inside", Ok: true, IsWarning: true, found);
}
