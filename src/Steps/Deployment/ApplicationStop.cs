using System.Text.Json;
using System.Text.Json.Nodes;
using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment;

/// <summary>
/// Stops a job while the database changes: every group except the frontend, which shows its maintenance page.
/// Containers of the old image would answer with errors and use half-changed tables.
/// </summary>
/// <param name="job">The job as it is planned.</param>
/// <param name="file">The file of the state directory with the specification that is started again.</param>
internal sealed class ApplicationStop(StepContext context, Job job, string file = ApplicationStop.FileName)
{
    /// <summary>
    /// In the state directory: the specification of the application before it was stopped. A killed installer starts
    /// it again from here. It holds no secret.
    /// </summary>
    public const string FileName = "application-before.json";

    /// <summary>In the state directory: the specification of the application before the last update.</summary>
    public const string PreviousFileName = "application-previous.json";

    private const string Deadline = "deadlines.application";

    private readonly NomadClient _nomad = context.World.Nomad;
    private readonly NomadRetry _retry = new(context);

    /// <summary>A specification was kept, by this run or an earlier one.</summary>
    public bool HasKept => File.Exists(FilePath);

    /// <summary>Removes the kept specification: it must not be started again after its update has ended.</summary>
    public static void Forget(StepContext context) =>
        StateDirectoryUnusable.Trying(context.Directory.In(FileName), () =>
        {
            File.Delete(context.Directory.In(FileName));
            return true;
        });

    /// <summary>Keeps the specification for a rollback, after its update has ended well.</summary>
    public static void KeepAsPrevious(StepContext context)
    {
        var path = context.Directory.In(FileName);
        StateDirectoryUnusable.Trying(path, () =>
        {
            if (File.Exists(path))
            {
                File.Move(path, context.Directory.In(PreviousFileName), overwrite: true);
            }

            return true;
        });
    }

    private string FilePath => context.Directory.In(file);

    private JobFollower Follower => new(context, job, Deadline, context.Answers.Deadlines.Application);

    /// <summary>
    /// Keeps the registered specification and stops the application, until the last container has ended. Workers finish
    /// their present job.
    /// </summary>
    /// <exception cref="InstallerException">A container did not stop in time.</exception>
    /// <exception cref="InstallerException">The job changed at Nomad in the meantime.</exception>
    public async Task StopAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is { } registered)
        {
            AtomicFile.Write(FilePath, registered.ToJsonString());
            context.Report.Progress($"{job.Id}: stopping; the site shows its maintenance page");
            await StopAsync(registered, cancellation);
        }
    }

    /// <summary>
    /// As <see cref="StopAsync(CancellationToken)"/>, but keeps the specification that was kept before.
    /// </summary>
    public async Task StopNewAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is { } registered)
        {
            await StopAsync(registered, cancellation);
        }
    }

    /// <summary>Starts the previous application again, unchanged.</summary>
    public async Task StartAgainAsync(CancellationToken cancellation)
    {
        context.Report.Log($"{job.Id}: nothing was changed; the previous application starts again", LogLevel.Warning);
        var now = await _retry.AskAsync(() => _nomad.FindJobAsync(job.Id, cancellation), cancellation);
        await _retry.AskAsync(
            () => _nomad.RegisterAsync(Kept(), now?.JobModifyIndex ?? 0, source: null, cancellation),
            cancellation
        );
    }

    /// <summary>Starts the previous application again, unchanged, and waits until it is healthy.</summary>
    public async Task StartAgainAndFollowAsync(CancellationToken cancellation) =>
        await Follower.RegisterAndFollowAsync(await PlanAsync(Kept(), cancellation), cancellation);

    private Task<JsonObject?> FindAsync(CancellationToken cancellation) =>
        _retry.AskAsync(() => _nomad.FindSpecificationAsync(job.Id, cancellation), cancellation);

    private JsonObject Kept()
    {
        var text = StateDirectoryUnusable.Trying(FilePath, () => File.ReadAllText(FilePath));
        try
        {
            return JsonNode.Parse(text)!.AsObject();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new StateDirectoryUnusable($"{FilePath}: it is not the JSON that was written", e);
        }
    }

    private async Task StopAsync(JsonObject registered, CancellationToken cancellation)
    {
        var stopped = registered.DeepClone().AsObject();
        foreach (var group in stopped["TaskGroups"]!.AsArray().Select(g => g!.AsObject()))
        {
            if (!IsFrontend(group["Name"]!.GetValue<string>()))
            {
                group["Count"] = 0;
            }
        }

        await Follower.RegisterAndWaitForEndsAsync(
            await PlanAsync(stopped, cancellation),
            a => !IsFrontend(a.TaskGroup),
            cancellation
        );
    }

    private async Task<PlannedJob> PlanAsync(JsonObject specification, CancellationToken cancellation) =>
        new(
            job,
            specification,
            await _retry.AskAsync(() => _nomad.PlanAsync(specification, cancellation), cancellation)
        )
        {
            IsOfNomad = true,
        };

    private static bool IsFrontend(string group) => group == ContainerGroups.Frontend.Group;
}
