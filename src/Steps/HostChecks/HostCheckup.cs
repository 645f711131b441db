using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.HostChecks.Checks;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Run;

namespace ErpInstaller.HostChecks;

/// <summary>Measures a host: all checks at once, each with its own deadline.</summary>
public static class HostCheckup
{
    /// <summary>Collects the facts of all checks. What one check runs into is its own unknown and stops no other.</summary>
    /// <param name="previous">What was measured earlier; null when this is the first time.</param>
    public static Task<HostFacts> CollectAsync(
        StepContext context,
        HostFacts? previous,
        CancellationToken cancellation
    ) => CollectAsync(context, HostCheckList.InOrder, previous, cancellation);

    /// <summary>Collects the facts of some checks only: those of the others are absent.</summary>
    public static async Task<HostFacts> CollectAsync(
        StepContext context,
        IReadOnlyList<IHostCheck> checks,
        HostFacts? previous,
        CancellationToken cancellation
    )
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var survey = new HostSurvey(context, previous, ended.Token);
        try
        {
            var done = 0;
            var results = await Task.WhenAll(
                checks.Select(async check =>
                {
                    var result = await CollectAsync(check, survey, ended.Token);
                    var count = Interlocked.Increment(ref done);
                    context.Report.Progress($"{check.Id}: looked at", (double)count / checks.Count);
                    return result;
                })
            );
            return new HostFacts
            {
                CollectedAt = context.World.Time.GetUtcNow(),
                Inputs = HostChecksInputs.OfFacts(context.Settings).Fingerprint(),
                Facts = [.. results.Select(r => r.Fact).OfType<HostFact>()],
                Unknown = results
                    .Where(r => r.Fact is null)
                    .ToDictionary(r => r.Id, r => context.Secrets.Redact(r.Why)),
            };
        }
        finally
        {
            // What a check still waits for (a dead network file system, a server that is silent) is given up.
            await ended.CancelAsync();
        }
    }

    private static async Task<(string Id, HostFact? Fact, string Why)> CollectAsync(
        IHostCheck check,
        HostSurvey survey,
        CancellationToken cancellation
    )
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            // In a thread of its own: a read of /proc or of a file system can block, and must not hold up the others.
            var collecting = Task.Run(() => check.CollectAsync(survey, deadline.Token), deadline.Token);
            return (check.Id, await collecting.WaitAsync(check.Patience, survey.Time, cancellation), "");
        }
        catch (TimeoutException)
        {
            await deadline.CancelAsync();
            return (check.Id, null, $"no answer within {check.Patience.TotalSeconds:0} s");
        }
#pragma warning disable CA1031 // One check that fails in a way nobody thought of must not take the other verdicts away.
        catch (Exception e) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            var known =
                e is InstallerException or IOException or UnauthorizedAccessException or OperationCanceledException;
            var why = TerminalText.Clean(e.Message.Split('\n')[0]);
            return (check.Id, null, known ? why : $"{e.GetType().Name}: {why}");
        }
    }
}
