using ErpInstaller.Engine;

namespace ErpInstaller.Apps;

/// <summary>Adds what the chosen apps require, and pins every ref to a commit in <c>apps.lock.toml</c>.</summary>
public sealed class AppsStep : Step<AppsPlan>
{
    private const int AtOnce = 4;

    /// <inheritdoc/>
    public override string Id => StepId.Apps;

    /// <inheritdoc/>
    public override StepInputs Inputs(StepSettings settings)
    {
        var inputs = new StepInputs()
            .Add("erpnext.release", settings.Release.Version)
            .Add("images.build", settings.Release.Images.Build)
            .Add("images.runtime", settings.Release.Images.Runtime);
        return inputs.Add("apps", AppSelection.Resolve(settings.Answers.Apps, settings.Release)
            .Select(a => $"{a.Name} {a.Url} {a.Ref}"));
    }

    /// <inheritdoc/>
    public override Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation)
    {
        var found = AppsLockFile.Read(context.Directory.AppsLock);
        return Task.FromResult(found switch
        {
            null => new ProbeResult.Missing("no lock file"),
            _ when !Matches(found, context) => new ProbeResult.Missing("the lock file is of other answers"),
            _ => (ProbeResult)new ProbeResult.InPlace(new AppsOutputs(found), $"{found.Apps.Count} apps locked: {Names(found)}"),
        });
    }

    /// <inheritdoc/>
    public override async Task<AppsPlan> PlanAsync(StepContext context, CancellationToken cancellation)
    {
        var chosen = AppSelection.Resolve(context.Answers.Apps, context.Release);
        var locked = new LockedApp[chosen.Count];
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        try
        {
            await Parallel.ForAsync(0, chosen.Count, options, async (i, stop) =>
            {
                locked[i] = await LockAsync(chosen[i], context, stop);
                var count = Interlocked.Increment(ref done);
                context.Report.Progress($"{chosen[i].Name}: {chosen[i].Ref} is {locked[i].Commit[..12]}", (double)count / chosen.Count);
            });
        }
        catch (AggregateException e) when (e.InnerExceptions[0] is InstallerException first)
        {
            throw first;
        }

        return Plan(NewLock(context, locked));
    }

    /// <inheritdoc/>
    public override Task RunAsync(AppsPlan plan, StepContext context, CancellationToken cancellation)
    {
        AppsLockFile.Write(context.Directory.AppsLock, plan.Lock);
        return Task.CompletedTask;
    }

    private static AppsPlan Plan(AppsLock content) => new()
    {
        Lock = content,
        Changes = [.. content.Apps.Select(a => new PlannedChange(ChangeKind.Create, $"lock {a.Name}", Reason(a)))],
        Expected = new AppsOutputs(content),
    };

    private static string Reason(LockedApp app) =>
        $"{app.Ref} at {app.Commit[..12]}" + (app.BroughtBy.Length == 0 ? "" : $", required by {app.BroughtBy}");

    private static async Task<LockedApp> LockAsync(ChosenApp app, StepContext context, CancellationToken cancellation)
    {
        var found = RefResolver.Resolve(app, await context.World.Git.ListRefsAsync(app.Url, cancellation));
        return new LockedApp
        {
            Name = app.Name, Url = app.Url, Ref = found.Name, Commit = found.Commit, BroughtBy = app.BroughtBy ?? "",
        };
    }

    private static AppsLock NewLock(StepContext context, LockedApp[] apps) => new()
    {
        Release = context.Release.Version,
        BuildImage = context.Release.Images.Build,
        RuntimeImage = context.Release.Images.Runtime,
        ResolvedAt = context.World.Time.GetUtcNow(),
        Apps = [.. apps],
    };

    private static bool Matches(AppsLock found, StepContext context)
    {
        var chosen = AppSelection.Resolve(context.Answers.Apps, context.Release);
        return found.Release == context.Release.Version
            && found.BuildImage == context.Release.Images.Build
            && found.RuntimeImage == context.Release.Images.Runtime
            && found.Apps.Count == chosen.Count
            && found.Apps.Zip(chosen).All(p => Means(p.First, p.Second));
    }

    private static bool Means(LockedApp locked, ChosenApp chosen) =>
        locked.Name == chosen.Name && locked.Url == chosen.Url
        && (chosen.Ref.EndsWith('*') ? locked.Ref.StartsWith(chosen.Ref[..^1], StringComparison.Ordinal) : locked.Ref == chosen.Ref);

    private static string Names(AppsLock found) => string.Join(", ", found.Apps.Select(a => a.Name));
}
