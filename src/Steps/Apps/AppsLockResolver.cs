using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Run;

namespace ErpInstaller.Apps;

/// <summary>
/// Makes the apps lock. Entries of the existing lock that fit the answers stay; the others are resolved.
/// </summary>
internal sealed class AppsLockResolver(StepContext context)
{
    private const int AtOnce = 4;

    /// <summary>Resolves the refs. Several repositories are asked in parallel.</summary>
    /// <param name="before">The existing lock; null: none.</param>
    /// <exception cref="InstallerException">A repository or registry does not answer, or a ref does not
    /// exist.</exception>
    public async Task<AppsLock> ResolveAsync(AppsLock? before, CancellationToken cancellation)
    {
        var kept = context.UpdateLock ? null : before;
        var chosen = AppSelection.Repositories(context.Answers.Apps, context.Release);
        var locked = new LockedApp[chosen.Count];
        var done = 0;
        var gate = new Lock();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        try
        {
            await Parallel.ForAsync(0, chosen.Count, options, async (i, stop) =>
            {
                locked[i] = kept?.Sources().FirstOrDefault(a => Fits(a, chosen[i])) is { } same
                    ? same with
                    {
                        BroughtBy = chosen[i].BroughtBy ?? "",
                        Requires = [.. chosen[i].Requires],
                    }
                    : await LockAsync(chosen[i], stop);
                lock (gate)
                {
                    // Count and publish under one lock, so that the progress bar never goes back.
                    done++;
                    context.Report.Progress(
                        $"{chosen[i].Name}: {chosen[i].Ref} is {locked[i].Commit[..12]}",
                        (double)done / chosen.Count
                    );
                }
            });
        }
        catch (AggregateException e) when (e.InnerExceptions[0] is InstallerException first)
        {
            throw first;
        }

        return await AddBasesAsync(locked, kept, cancellation);
    }

    /// <summary>True when the lock matches the answers: the same apps with the same refs in the same order.</summary>
    public bool Fits(AppsLock found)
    {
        var chosen = AppSelection.Repositories(context.Answers.Apps, context.Release);
        return found.Release == context.Release.Version
            && found.BuildImage == context.Release.Images.Build
            && found.RuntimeImage == context.Release.Images.Runtime
            && found.Sources().Count == chosen.Count
            && found.Sources().Zip(chosen).All(p => Fits(p.First, p.Second));
    }

    private static bool IsFork(LockedApp app) => BaseApps.All.Contains(app.Name);

    private static bool Fits(LockedApp locked, ChosenApp chosen) =>
        locked.Name == chosen.Name
        && locked.Url == chosen.Url
        && (
            chosen.Ref.EndsWith('*')
                ? locked.Ref.StartsWith(chosen.Ref[..^1], StringComparison.Ordinal)
                : locked.Ref == chosen.Ref
        );

    private async Task<LockedApp> LockAsync(ChosenApp app, CancellationToken cancellation)
    {
        var refs = await AppRepository.ListRefsAsync(
            app,
            context.Answers,
            context.World,
            context.Secrets,
            cancellation
        );
        var found = RefResolver.Resolve(app, refs);
        return new LockedApp
        {
            Name = app.Name,
            Url = app.Url,
            Ref = found.Name,
            Commit = found.Commit,
            BroughtBy = app.BroughtBy ?? "",
            Requires = [.. app.Requires],
        };
    }

    private async Task<AppsLock> AddBasesAsync(LockedApp[] apps, AppsLock? kept, CancellationToken cancellation)
    {
        var images = context.Release.Images;
        var bases = new BaseImages(context);
        return new AppsLock
        {
            Release = context.Release.Version,
            BuildImage = images.Build,
            BuildDigest =
                kept?.BuildImage == images.Build
                    ? kept.BuildDigest
                    : await bases.FindDigestAsync(images.Build, cancellation),
            RuntimeImage = images.Runtime,
            RuntimeDigest =
                kept?.RuntimeImage == images.Runtime
                    ? kept.RuntimeDigest
                    : await bases.FindDigestAsync(images.Runtime, cancellation),
            ResolvedAt = context.World.Time.GetUtcNow(),
            Forks = apps.Where(IsFork).ToList() is { Count: > 0 } forks ? forks : null,
            Apps = [.. apps.Where(a => !IsFork(a))],
        };
    }
}
