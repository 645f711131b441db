using System.Collections.Concurrent;
using ErpInstaller.Answers;
using ErpInstaller.Apps.Requirements;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Outside.Git;
using ErpInstaller.Run;

namespace ErpInstaller.Apps;

/// <summary>
/// Whether the apps of an apps lock fit the release and each other, by the requirements in their repositories.
/// </summary>
internal sealed class AppsLockFit
{
    private const int AtOnce = 4;
    private readonly IReadOnlyList<(LockedApp App, AppCompatibility Fit)> _apps;

    private AppsLockFit(IReadOnlyList<(LockedApp App, AppCompatibility Fit)> apps) => _apps = apps;

    /// <summary>
    /// Reads each app's repository. If one does not answer, its fit is unknown; that is not an error, because the build
    /// asks it again. For an existing image nothing is read.
    /// </summary>
    public static async Task<AppsLockFit> JudgeAsync(
        AppsLock content,
        StepContext context,
        CancellationToken cancellation
    )
    {
        var sources = content.Sources();
        if (context.Answers.Image.Source == ImageSource.Existing || sources.Count == 0)
        {
            return new AppsLockFit([]);
        }

        var read = new ConcurrentDictionary<string, AppRequirements>(StringComparer.Ordinal);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        context.Report.Progress(
            sources.Count == 1
                ? $"reading the requirements of {sources[0].Name}"
                : $"reading the requirements of {sources.Count} apps"
        );
        await Parallel.ForEachAsync(sources, options, async (app, stop) =>
            read[app.Name] = await ReadAsync(app, context, stop)
        );
        var names = sources.Select(a => a.Name).ToList();
        var forks = content.Forks?.Select(a => a.Name) ?? [];
        return new AppsLockFit([
            .. sources.Select(a => (a, AppCompatibility.Of(read[a.Name], context.Release, names, forks))),
        ]);
    }

    /// <summary>
    /// The plan's notes beside the apps: always for refs from the answers; for the release's own refs only when one
    /// does not fit.
    /// </summary>
    public IReadOnlyDictionary<string, string> Notes(AppsAnswers answers) =>
        _apps
            .Where(a =>
                a.Fit.Fit == AppFit.DoesNotFit || answers.Of(a.App.Name) is { Ref: not null } or { Url: not null }
            )
            .ToDictionary(
                a => a.App.Name,
                a =>
                    a.Fit.Fit switch
                    {
                        AppFit.Fits => $"fits: {a.Fit.Description}",
                        AppFit.DoesNotFit => $"does not fit: {a.Fit.Description}",
                        _ => a.Fit.Description,
                    }
            );

    /// <summary>The error when an app does not fit; null: none is known not to fit.</summary>
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
            context.Report.Log($"{app.Name}: its requirements could not be read: {e.Message}", LogLevel.Warning);
            return new AppRequirements { Problem = "its requirements could not be read" };
        }
    }
}
