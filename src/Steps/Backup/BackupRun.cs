using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Backup;

/// <summary>Runs the backup job for an action, and reads what its script says.</summary>
/// <param name="job">The id of the job; null: the backup job.</param>
internal sealed class BackupRun(StepContext context, string? job = null)
{
    /// <summary>
    /// How many lines of a log are read. The client reads its last 64 KiB, which is the list of some 150 backups.
    /// </summary>
    public const int Lines = 1000;

    private const string NewPassword =
        "A new password encrypts the backups. Write it down: without it, nothing can be restored on another host: "
        + "erp-installer secrets repository_password";

    private static readonly TimeSpan OtherLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RoomLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly NomadClient _nomad = context.World.Nomad;
    private readonly ExistingJobs _existing = new(context);
    private readonly string _id = job ?? new JobIds(context.Answers.Nomad.Job).Backup;

    /// <summary>The image that the job runs in, and the apps of the site; null: those that serve it.</summary>
    public (string Image, IReadOnlyList<string> Apps)? Serving { get; init; }

    /// <summary>Whether a job that this run registered before is too old to be followed.</summary>
    public bool IsAnew { get; init; }

    private TaskOutput Output => new(_nomad, context.World.Docker);

    private ShortJob Short => new(context, _id, BackupJob.Task, Lines);

    /// <summary>
    /// Registers the job and follows it to the script's last line. Continues to follow a job that this run registered
    /// before it was interrupted.
    /// </summary>
    /// <returns>The script's lines.</returns>
    /// <exception cref="InstallerException">The script failed, or the job did not run.</exception>
    public async Task<IReadOnlyList<BackupLine>> RunAsync(BackupAction action, CancellationToken cancellation)
    {
        var found = await _existing.FindOursAsync(_id, cancellation);
        var version =
            !IsAnew && IsOf(found, action) && !await HasFailedAsync(found!, cancellation)
                ? found!.Version
                : await RegisterAsync(action, cancellation);
        return await FollowAsync(version, action, cancellation);
    }

    /// <summary>What the script said of a backup that this run wrote; null: it wrote none.</summary>
    public async Task<BackupOutputs?> FindWrittenAsync(CancellationToken cancellation)
    {
        if (
            await _existing.FindOursAsync(_id, cancellation) is not { } found
            || EnvironmentOf(found).GetValueOrDefault(BackupJob.RunKey) != context.Run
        )
        {
            return null;
        }

        // The job that checks a backup has the line of the one that wrote it.
        if (EnvironmentOf(found).GetValueOrDefault(BackupJob.CheckedKey) is { } line)
        {
            return BackupLine.Read(line)?.ToOutputs();
        }

        var newest = (await _nomad.GetAllocationsAsync(_id, index: null, cancellation))
            .Value?.Where(a => a.JobVersion == found.Version)
            .MaxBy(a => a.CreateIndex);
        return newest is null
            ? null
            : BackupLine
                .In(await Short.ReadAsync(newest, cancellation) ?? [])
                .LastOrDefault(l => l.Kind == "done")
                ?.ToOutputs();
    }

    private static bool IsOf(NomadJobSummary? found, BackupAction action) =>
        found is { Stop: false }
        && EnvironmentOf(found) is { } environment
        && environment.GetValueOrDefault(BackupJob.RunKey) == action.Run
        && environment.GetValueOrDefault(BackupJob.ActionKey) == action.Word
        && found.Status != "dead";

    private static Dictionary<string, string> EnvironmentOf(NomadJobSummary job) =>
        job.TaskGroups?.SelectMany(g => g.Tasks ?? []).FirstOrDefault()?.Env ?? [];

    private async Task<long> RegisterAsync(BackupAction action, CancellationToken cancellation)
    {
        await WaitForOtherAsync(action, cancellation);
        var planning = new JobPlanning(context);
        var run = await _existing.NextRunAsync(_id, cancellation);
        var serving = Serving is var (image, apps)
            ? await planning.BesideAsync(image, apps, cancellation)
            : await planning.ServingAsync(cancellation);
        var inputs = serving with { Runs = new Dictionary<string, int> { [$"{_id}/{BackupJob.Group}"] = run } };
        await new BackupSecrets(context).WriteAsync(cancellation);
        await new ActionSecrets(context).WriteAsync(action, cancellation);
        var job = BackupJob.Of(context, inputs).Build(action);
        await new DeploymentVolumes(context).RefuseStrangersAsync([job], cancellation);
        var planned = await PlanWithRoomAsync(job, planning, inputs, cancellation);
        await _nomad.RegisterAsync(planned.Json, planned.Plan.JobModifyIndex, JobHcl.Render(job), cancellation);
        return (await _nomad.FindJobAsync(_id, cancellation))?.Version ?? 0;
    }

    // The containers of scripts stay for some seconds after their last line, and may have the room that this one needs.
    private async Task<PlannedJob> PlanWithRoomAsync(
        Job job,
        JobPlanning planning,
        JobInputs inputs,
        CancellationToken cancellation
    )
    {
        var began = context.World.Time.GetTimestamp();
        while (true)
        {
            var planned = await planning.PlanJobAsync(job, cancellation);
            if (PlacementBlocked.Of([planned], inputs) is not { } blocked)
            {
                return planned;
            }

            if (context.World.Time.GetElapsedTime(began) > RoomLimit || !await IsScriptRunningAsync(cancellation))
            {
                throw blocked;
            }

            context.Report.Progress("waiting for room: the container of another script is ending");
            await Task.Delay(Pause, context.World.Time, cancellation);
        }
    }

    private async Task<bool> IsScriptRunningAsync(CancellationToken cancellation)
    {
        foreach (var id in new JobIds(context.Answers.Nomad.Job).Scripts)
        {
            var found = (await _nomad.GetAllocationsAsync(id, index: null, cancellation)).Value ?? [];
            // Not IsTerminal: an allocation that Nomad asked to stop has its room until its container has ended.
            if (id != _id && found.Any(a => a.ClientStatus is "running" or "pending"))
            {
                return true;
            }
        }

        return false;
    }

    // Registering the job stops its container. One that has said all may be stopped: it stays for some seconds after
    // its last line, so that its log can be read.
    private async Task WaitForOtherAsync(BackupAction action, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var watch = new Watch<List<NomadAllocation>>(i => _nomad.GetAllocationsAsync(_id, i, end.Token));
        var began = context.World.Time.GetTimestamp();
        await watch.Pending;
        await watch.TakeAsync();
        while (watch.Value?.MaxBy(a => a.CreateIndex) is { IsTerminal: false } running)
        {
            if (await HasSaidAllAsync(running, cancellation))
            {
                break;
            }

            if (context.World.Time.GetElapsedTime(began) > OtherLimit)
            {
                throw BackupErrors.Running(running.ID, action.WordsIn(context), context.Answers);
            }

            context.Report.Progress("another backup is running");
            await Task.WhenAny(watch.Pending, Task.Delay(Pause, context.World.Time, cancellation));
            await watch.TakeAsync();
        }

        // Ends the query that is still open.
        await end.CancelAsync();
    }

    // A container stays for some seconds after its last line. The same action may be asked for again by then.
    private async Task<bool> HasFailedAsync(NomadJobSummary job, CancellationToken cancellation) =>
        (await _nomad.GetAllocationsAsync(_id, index: null, cancellation))
            .Value?.Where(a => a.JobVersion == job.Version)
            .MaxBy(a => a.CreateIndex)
            is { } newest
        && BackupLine.In(await Short.ReadAsync(newest, cancellation) ?? []) is [.., { Kind: "failed" }];

    private async Task<bool> HasSaidAllAsync(NomadAllocation allocation, CancellationToken cancellation) =>
        BackupLine.In(await Short.ReadAsync(allocation, cancellation) ?? []) is [.., { IsLast: true }];

    private async Task<IReadOnlyList<BackupLine>> FollowAsync(
        long version,
        BackupAction action,
        CancellationToken cancellation
    )
    {
        var deadline = TimeSpan.FromMinutes(context.Answers.Deadlines.Backup);
        using var timer = new CancellationTokenSource(deadline, context.World.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timer.Token);
        IReadOnlyList<BackupLine> said = [];
        var told = 0;
        try
        {
            var ended = await Short.FollowAsync(
                version,
                begun: () => { },
                lines =>
                {
                    said = BackupLine.In(
                        lines ?? throw BackupErrors.LogDenied(action.WordsIn(context), context.Answers)
                    );
                    told = Tell(said, told);
                    return said is [.., { IsLast: true }];
                },
                either.Token
            );
            if (ended is not null)
            {
                throw await new AllocationDiagnosis(Output).LookAsync(ended, either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw RunErrors.StepTimedOut("The backup job did not end", "deadlines.backup", deadline);
        }

        return said[^1].Kind == "failed" ? throw action.ErrorOf(said[^1], context) : said;
    }

    // Returns how many lines were told so far.
    private int Tell(IReadOnlyList<BackupLine> said, int told)
    {
        foreach (var line in said.Skip(told))
        {
            if (line.Kind == "progress")
            {
                context.Report.Progress(line.Word("text"));
            }
            else if (line.Kind == "warning")
            {
                context.Report.Log(line.Word("text"), LogLevel.Warning);
            }
            else if (line.Kind == "created" && context.Answers.Backup.Password is null)
            {
                // Not when the Variable is written: the backup for which it is written may fail, and the next one
                // finds it.
                context.Report.Log(NewPassword, LogLevel.Warning);
            }
        }

        return said.Count;
    }
}
