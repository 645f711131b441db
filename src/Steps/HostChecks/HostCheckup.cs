using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.HostChecks.Checks;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Run;

namespace ErpInstaller.HostChecks;

/// <summary>Measures the host: all checks in parallel, each with its own timeout.</summary>
public static class HostCheckup
{
    /// <summary>
    /// Collects the facts of all checks. A check that throws or times out becomes unknown and stops no other.
    /// </summary>
    /// <param name="previous">The facts of an earlier run; null on the first run.</param>
    public static Task<HostFacts> CollectAsync(
        StepContext context,
        HostFacts? previous,
        CancellationToken cancellation
    ) => CollectAsync(context, HostCheckList.InOrder, previous, cancellation);

    /// <summary>Collects the facts of the given checks only.</summary>
    public static async Task<HostFacts> CollectAsync(
        StepContext context,
        IReadOnlyList<IHostCheck> checks,
        HostFacts? previous,
        CancellationToken cancellation
    )
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var probe = new HostProbe(context, previous, ended.Token);
        try
        {
            var done = 0;
            var results = await Task.WhenAll(
                checks.Select(async check =>
                {
                    var result = await CollectAsync(check, probe, ended.Token);
                    var count = Interlocked.Increment(ref done);
                    context.Report.Progress($"checked {check.Id}", (double)count / checks.Count);
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
            // Abandons calls that still wait, for example for a dead network file system or a silent server.
            await ended.CancelAsync();
        }
    }

    private static async Task<(string Id, HostFact? Fact, string Why)> CollectAsync(
        IHostCheck check,
        HostProbe probe,
        CancellationToken cancellation
    )
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            // On its own thread: a read of /proc or of a file system can block and must not delay the other checks.
            var collecting = Task.Run(() => check.CollectAsync(probe, deadline.Token), deadline.Token);
            return (check.Id, await collecting.WaitAsync(check.Timeout, probe.Time, cancellation), "");
        }
        catch (TimeoutException)
        {
            await deadline.CancelAsync();
            return (check.Id, null, $"no answer within {check.Timeout.TotalSeconds:0} s");
        }
#pragma warning disable CA1031 // An unexpected fault of one check must not hide the other verdicts.
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
