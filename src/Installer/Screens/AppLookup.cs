using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Apps.Requirements;
using ErpInstaller.Core.Errors;
using ErpInstaller.Outside.Git;
using ErpInstaller.Run;

namespace ErpInstaller.Screens;

/// <summary>
/// Looks up each app in its repository, in the background: the commit of its ref, and the app's requirements there.
/// </summary>
/// <param name="changed">Called after each answer.</param>
internal sealed class AppLookup(ScreenContext work, Action changed)
{
    private readonly Dictionary<(string Url, string Ref), AppRefFound> _refs = [];
    private readonly Dictionary<(string Url, string Commit), AppRequirements?> _needs = [];

    /// <summary>
    /// Starts the look-ups that are still missing. Each app has a separate one, so a repository that does not answer
    /// delays no other app.
    /// </summary>
    public void Begin()
    {
        var installation = work.Open();
        foreach (var app in AppSelection.Repositories(work.Interview.Answers.Apps, work.Interview.Release))
        {
            if (_refs.TryAdd((app.Url, app.Ref), default))
            {
                work.Begin(
                    async stop =>
                        RefResolver.Resolve(
                            app,
                            await AppRepository.ListRefsAsync(
                                app,
                                work.Interview.Answers,
                                installation.World,
                                installation.Secrets,
                                stop
                            )
                        ),
                    found => Take(app, found, installation),
                    e => Take(app, Failed(e))
                );
            }
        }
    }

    /// <summary>Asks those repositories again that did not answer.</summary>
    public void Repeat()
    {
        _refs.Where(r => r.Value.IsSilent).ToList().ForEach(r => _refs.Remove(r.Key));
        Begin();
    }

    /// <summary>The apps with the results so far.</summary>
    public IReadOnlyList<AppRow> Fill(IReadOnlyList<AppRow> apps)
    {
        var forks = AppSelection
            .Forks(work.Interview.Answers.Apps, work.Interview.Release)
            .Select(a => a.Name)
            .ToList();
        var taken = apps.Where(a => a.IsTaken).Select(a => a.Name).ToList();
        return
        [
            .. apps.Select(a =>
            {
                var found = _refs.GetValueOrDefault((a.Url, a.Ref));
                var needs = found.Commit is { } commit ? _needs.GetValueOrDefault((a.Url, commit)) : null;
                return a with
                {
                    Found = found,
                    Fit = needs is null ? null : AppCompatibility.Of(needs, work.Interview.Release, taken, forks),
                };
            }),
        ];
    }

    private static AppRefFound Failed(InstallerException e) =>
        new(null, e.Hint is { Length: > 0 } hint ? $"{e.Message}. {hint}" : e.Message, e is RepositoryUnreachable);

    private void Take(ChosenApp app, AppRefFound found)
    {
        _refs[(app.Url, app.Ref)] = found;
        changed();
    }

    private void Take(ChosenApp app, GitRef found, Installation installation)
    {
        if (_needs.TryAdd((app.Url, found.Commit), null))
        {
            work.Begin(
                stop =>
                    AppRepository.ReadRequirementsAsync(
                        app,
                        found,
                        work.Interview.Answers,
                        installation.World,
                        installation.Secrets,
                        stop
                    ),
                needs => Take(app, found, needs),
                _ => Take(app, found, new AppRequirements { Problem = "its requirements could not be read" })
            );
        }

        Take(app, new AppRefFound(found.Commit));
    }

    private void Take(ChosenApp app, GitRef found, AppRequirements needs)
    {
        _needs[(app.Url, found.Commit)] = needs;
        changed();
    }
}
