using ErpInstaller.Answers;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;

namespace ErpInstaller.Apps;

/// <summary>
/// Adds what the chosen apps require, and pins every ref to a commit and the base images to digests in
/// <c>apps.lock.toml</c>. Before it does, it reads what each app needs at its commit, and stops at what rules it out.
/// </summary>
public sealed class AppsStep : Step<AppsPlan>
{
    /// <inheritdoc/>
    public override string Id => StepId.Apps;

    /// <inheritdoc/>
    public override StepInputs Inputs(StepSettings settings)
    {
        var inputs = new StepInputs()
            .Add("erpnext.release", settings.Release.Version)
            .Add("images.build", settings.Release.Images.Build)
            .Add("images.runtime", settings.Release.Images.Runtime);
        return inputs.Add(
            "apps",
            AppSelection.Resolve(settings.Answers.Apps, settings.Release).Select(a => $"{a.Name} {a.Url} {a.Ref}")
        );
    }

    /// <inheritdoc/>
    public override async Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation)
    {
        var resolver = new LockResolver(context);
        var found = AppsLockFile.Read(context.Directory.AppsLock);
        return found switch
        {
            null => new ProbeResult.Missing("no lock file"),
            _ when !resolver.Fits(found) => new ProbeResult.Missing("the lock file is of other answers"),
            _ when await MovedAsync(found, resolver, context, cancellation) is > 0 and var moved =>
                new ProbeResult.Missing($"{moved} moved since the lock was made"),
            _ => new ProbeResult.InPlace(new AppsOutputs(found), $"{found.Apps.Count} apps locked: {Names(found)}"),
        };
    }

    /// <inheritdoc/>
    public override async Task<AppsPlan> PlanAsync(StepContext context, CancellationToken cancellation)
    {
        var before = AppsLockFile.Read(context.Directory.AppsLock);
        var after = await new LockResolver(context).ResolveAsync(before, cancellation);
        var fit = await LockFit.JudgeAsync(after, context, cancellation);
        return new AppsPlan
        {
            Lock = after,
            Changes = LockDifference.Between(before, after, fit.Notes(context.Answers.Apps)),
            Expected = new AppsOutputs(after),
            Obstacle = fit.Obstacle(context.Settings),
        };
    }

    /// <inheritdoc/>
    public override Task RunAsync(AppsPlan plan, StepContext context, CancellationToken cancellation)
    {
        foreach (var change in plan.Changes.Where(c => c.Kind != ChangeKind.Create))
        {
            context.Report.Log($"{change.Subject}: {change.Why}");
        }

        AppsLockFile.Write(context.Directory.AppsLock, plan.Lock);
        context.Keep(new AppsOutputs(plan.Lock));
        return Task.CompletedTask;
    }

    // Once a run: when this step has given its outputs, the lock is as new as it can be.
    private static async Task<int> MovedAsync(
        AppsLock found,
        LockResolver resolver,
        StepContext context,
        CancellationToken cancellation
    ) =>
        context.UpdateLock && context.FindEarlier<AppsOutputs>() is null
            ? LockDifference.Between(found, await resolver.ResolveAsync(found, cancellation)).Count
            : 0;

    private static string Names(AppsLock found) => string.Join(", ", found.Apps.Select(a => a.Name));
}
