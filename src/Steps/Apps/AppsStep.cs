using ErpInstaller.Answers;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;

namespace ErpInstaller.Apps;

/// <summary>
/// Adds the apps that the chosen apps require, and pins every ref to a commit and the base images to digests in
/// <c>apps.lock.toml</c>. Before that, it reads each app's requirements at its commit and stops if one is not met.
/// </summary>
internal sealed class AppsStep : Step<AppsPlan>
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
            AppSelection.Repositories(settings.Answers.Apps, settings.Release).Select(a => $"{a.Name} {a.Url} {a.Ref}")
        );
    }

    /// <inheritdoc/>
    public override async Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation)
    {
        var resolver = new AppsLockResolver(context);
        var found = AppsLockFile.Read(context.Directory.AppsLock);
        return found switch
        {
            null => new ProbeResult.Missing("there is no apps.lock.toml"),
            _ when !resolver.Fits(found) => new ProbeResult.Missing("apps.lock.toml was made with other answers"),
            _ when await MovedAsync(found, resolver, context, cancellation) is > 0 and var moved =>
                new ProbeResult.Missing($"{moved} moved since apps.lock.toml was made"),
            _ => new ProbeResult.InPlace(new AppsOutputs(found), Summary(found)),
        };
    }

    /// <inheritdoc/>
    public override async Task<AppsPlan> PlanAsync(StepContext context, CancellationToken cancellation)
    {
        var before = AppsLockFile.Read(context.Directory.AppsLock);
        var after = await new AppsLockResolver(context).ResolveAsync(before, cancellation);
        var fit = await AppsLockFit.JudgeAsync(after, context, cancellation);
        return new AppsPlan
        {
            Lock = after,
            Changes = AppsLockDifference.Between(before, after, fit.Notes(context.Answers.Apps)),
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

    // Once per run: when this step has its outputs, the lock is up to date.
    private static async Task<int> MovedAsync(
        AppsLock found,
        AppsLockResolver resolver,
        StepContext context,
        CancellationToken cancellation
    ) =>
        context.UpdateLock && context.FindEarlier<AppsOutputs>() is null
            ? AppsLockDifference.Between(found, await resolver.ResolveAsync(found, cancellation)).Count
            : 0;

    private static string Summary(AppsLock found) =>
        found.Apps.Count == 0
            ? "no apps beside ERPNext"
            : $"{found.Apps.Count} apps locked: {string.Join(", ", found.Apps.Select(a => a.Name))}";
}
