using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Apps.Requirements;
using ErpInstaller.Core.Errors;
using ErpInstaller.Outside.Git;
using ErpInstaller.Run;

namespace ErpInstaller.Screens;

/// <summary>What the apps' repositories say, asked beside the screen: where each ref leads, and what the app needs there.</summary>
internal sealed class AppLookup(Workspace work)
{
    private readonly Dictionary<(string Url, string Ref), AppRefFound> _refs = [];
    private readonly Dictionary<(string Url, string Commit), AppRequirements?> _needs = [];

    /// <summary>Begins to ask for what is not known yet, each app by itself: one repository that does not answer keeps no other waiting.</summary>
    public void Begin()
    {
        var installation = work.Open("", _ => { });
        foreach (var app in AppSelection.Resolve(work.Answers.Apps, work.Release))
        {
            if (_refs.TryAdd((app.Url, app.Ref), default))
            {
                work.Begin(
                    async stop =>
                        RefResolver.Resolve(
                            app,
                            await AppRepository.ListRefsAsync(
                                app,
                                work.Answers,
                                installation.World,
                                installation.Secrets,
                                stop
                            )
                        ),
                    found => Take(app, found, installation),
                    e => _refs[(app.Url, app.Ref)] = Failed(e)
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

    /// <summary>Where an app's ref leads; nothing while it is still asked for.</summary>
    public AppRefFound Ref(AppRow app) => _refs.GetValueOrDefault((app.Url, app.Ref));

    /// <summary>How an app goes with the release and the apps that are taken; null: not known yet.</summary>
    public AppCompatibility? Fit(AppRow app, IEnumerable<AppRow> taken) =>
        Ref(app).Commit is { } commit && _needs.GetValueOrDefault((app.Url, commit)) is { } needs
            ? AppCompatibility.Of(needs, work.Release, taken.Select(a => a.Name))
            : null;

    private static AppRefFound Failed(InstallerException e) =>
        new(null, e.Hint is { Length: > 0 } hint ? $"{e.Message}. {hint}" : e.Message, e is RepositoryUnreachable);

    private void Take(ChosenApp app, GitRef found, Installation installation)
    {
        _refs[(app.Url, app.Ref)] = new(found.Commit);
        if (_needs.TryAdd((app.Url, found.Commit), null))
        {
            work.Begin(
                stop =>
                    AppRepository.ReadRequirementsAsync(
                        app,
                        found,
                        work.Answers,
                        installation.World,
                        installation.Secrets,
                        stop
                    ),
                needs => _needs[(app.Url, found.Commit)] = needs,
                _ =>
                    _needs[(app.Url, found.Commit)] = new AppRequirements
                    {
                        Problem = "what it needs could not be read",
                    }
            );
        }
    }
}
