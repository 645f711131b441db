using ErpInstaller.Backup;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Core.Text;
using ErpInstaller.Deployment;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Outside.Site;
using ErpInstaller.Run;
using ErpInstaller.Verification;

namespace ErpInstaller.Updates;

/// <summary>
/// Finds an update that did not end and that the state directory does not know, because it was lost or copied back from
/// an earlier day. Without that, the site would stay closed for ever.
/// </summary>
internal sealed class ClosedSite(StepContext context)
{
    private const int Unavailable = 503;
    private const string Ping = "/api/method/ping";

    private readonly NomadClient _nomad = context.World.Nomad;

    /// <summary>Asks the site's own mark, if the site answers visitors with its maintenance page.</summary>
    /// <param name="record">What the state directory knows.</param>
    /// <returns>The record of that update, written down; or the given one.</returns>
    public async Task<UpdateRecord> FindAsync(UpdateRecord record, CancellationToken cancellation)
    {
        try
        {
            if (!await IsUnavailableAsync(cancellation))
            {
                return record;
            }

            context.Report.Progress($"{context.Answers.Site.Name} shows its maintenance page: is an update under way?");
            var run = $"{UtcStamp.Of(context.World.Time.GetUtcNow())}-find";
            var found = (await new BackupRun(context).RunAsync(new BackupAction.Find(run), cancellation))[^1];
            return found.Is("closed") ? Adopt(found, record) : record;
        }
        catch (InstallerException e)
        {
            // The steps say what is wrong with Nomad or the site, and may put it right.
            context.Report.Log($"whether an update closed the site is not known: {e.Message}", LogLevel.Warning);
            return record;
        }
    }

    // nginx shows the same page while no backend answers, so this alone does not say that an update closed the site.
    private async Task<bool> IsUnavailableAsync(CancellationToken cancellation)
    {
        try
        {
            if (await _nomad.FindJobAsync(new JobIds(context.Answers.Nomad.Job).Application, cancellation) is null)
            {
                return false;
            }

            var node = await _nomad.ResolveNodeAsync(context.Answers.Nomad.Node, cancellation);
            var request = SiteChecks.Request(context.Answers, node.Address ?? "127.0.0.1", Ping);
            return (await context.World.Site.GetAsync(request, cancellation)).Status == Unavailable;
        }
        catch (InstallerException)
        {
            return false;
        }
    }

    private UpdateRecord Adopt(BackupLine found, UpdateRecord record)
    {
        var snapshot = found.Word("snapshot") is { Length: > 0 } known ? known : null;
        var isGoingBack = snapshot is not null && found.Word("restoring") == snapshot;
        context.Report.Log(
            $"an update closed {context.Answers.Site.Name}, and this state directory does not know it",
            LogLevel.Warning
        );
        return (
            record with
            {
                // Without a backup, the script says whether the update went on from where it closed the site.
                Phase =
                    isGoingBack ? UpdatePhase.GoingBack
                    : snapshot is not null ? UpdatePhase.Secured
                    : UpdatePhase.Closing,
                Run = found.Word("run"),
                Began = DateTimeOffset.FromUnixTimeSeconds(found.Number("began")),
                Image = found.Word("image"),
                Apps = [.. found.Word("apps").Split(' ', StringSplitOptions.RemoveEmptyEntries)],
                Snapshot = snapshot,
                Failure = isGoingBack ? "the reason was lost with the state directory" : null,
                FailureHint = isGoingBack ? "See the log of that run." : null,
            }
        ).Write(context.Directory);
    }
}
