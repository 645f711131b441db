using System.Collections.Concurrent;
using ErpInstaller.Answers;
using ErpInstaller.Apps.Requirements;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Outside.Git;
using ErpInstaller.Run;

namespace ErpInstaller.Apps;

/// <summary>Whether the apps of a lock go with the release and with each other, by their own words.</summary>
internal sealed class LockFit
{
    private const int AtOnce = 4;
    private readonly IReadOnlyList<(LockedApp App, AppCompatibility Fit)> _apps;

    private LockFit(IReadOnlyList<(LockedApp App, AppCompatibility Fit)> apps) => _apps = apps;

    /// <summary>
    /// Asks each app's repository. One that does not answer is not known of, and that is no error: the build asks it again.
    /// Nothing is asked of an image that is there already.
    /// </summary>
    public static async Task<LockFit> JudgeAsync(AppsLock content, StepContext context, CancellationToken cancellation)
    {
        if (context.Answers.Image.Source == ImageSource.Existing || content.Apps.Count == 0)
        {
            return new LockFit([]);
        }

        var read = new ConcurrentDictionary<string, AppRequirements>(StringComparer.Ordinal);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        context.Report.Progress(
            content.Apps.Count == 1
                ? $"reading what {content.Apps[0].Name} needs"
                : $"reading what {content.Apps.Count} apps need"
        );
        await Parallel.ForEachAsync(content.Apps, options, async (app, stop) =>
            read[app.Name] = await ReadAsync(app, context, stop)
        );
        var names = content.Apps.Select(a => a.Name).ToList();
        return new LockFit([
            .. content.Apps.Select(a => (a, AppCompatibility.Of(read[a.Name], context.Release, names))),
        ]);
    }

    /// <summary>
    /// What a plan says beside the apps: of the operator's own refs always, of the release's own only when one does not fit.
    /// </summary>
    public IReadOnlyDictionary<string, string> Notes(AppsAnswers answers) =>
        _apps
            .Where(a =>
                a.Fit.Fit == AppFit.DoesNotFit
                || answers.Override.GetValueOrDefault(a.App.Name) is { Ref: not null } or { Url: not null }
            )
            .ToDictionary(
                a => a.App.Name,
                a =>
                    a.Fit.Fit switch
                    {
                        AppFit.Fits => $"fits: {a.Fit.Words}",
                        AppFit.DoesNotFit => $"does not fit: {a.Fit.Words}",
                        _ => a.Fit.Words,
                    }
            );

    /// <summary>The error when an app does not fit; null: nothing is known against any.</summary>
    public InstallerException? Obstacle(StepSettings settings) =>
        _apps.Where(a => a.Fit.Fit == AppFit.DoesNotFit).ToList() is { Count: > 0 } unfit
            ? AppErrors.DoNotFit(unfit, settings)
            : null;

    private static async Task<AppRequirements> ReadAsync(
        LockedApp app,
        StepContext context,
        CancellationToken cancellation
    )
    {
        var chosen = new ChosenApp(app.Name, app.Url, app.Ref, null);
        try
        {
            return await AppRepository.ReadRequirementsAsync(
                chosen,
                new GitRef(app.Ref, app.Commit, IsTag: false),
                context.Answers,
                context.World,
                context.Secrets,
                cancellation
            );
        }
        catch (InstallerException e) when (e is RepositoryUnreachable or SecretUnavailable)
        {
            context.Report.Log($"{app.Name}: what it needs could not be read: {e.Message}", LogLevel.Warning);
            return new AppRequirements { Problem = "what it needs could not be read" };
        }
    }
}
