using ErpInstaller.Apps;
using ErpInstaller.Apps.Requirements;
using ErpInstaller.Engine;
using ErpInstaller.Git;

namespace ErpInstaller.Screens;

/// <summary>What the apps say they need, each read once from its repository beside the screen.</summary>
internal sealed class AppNeeds(Workspace work)
{
    private readonly Dictionary<(string Url, string Commit), AppRequirements?> _read = [];

    /// <summary>Begins to read what an app needs where its ref led to; a repository that does not answer leaves it unknown.</summary>
    public void Read(ChosenApp app, GitRef found, Installation installation)
    {
        if (_read.TryAdd((app.Url, found.Commit), null))
        {
            work.Begin(
                stop => AppRepository.ReadRequirementsAsync(app, found, work.Answers.Apps, installation.World, installation.Secrets, stop),
                needs => _read[(app.Url, found.Commit)] = needs,
                e => _read[(app.Url, found.Commit)] = new AppRequirements { Problem = "what it needs could not be read" });
        }
    }

    /// <summary>How an app goes with the release and the apps that are taken; null: not read yet.</summary>
    public AppCompatibility? Fit(AppRow app, string? commit, IEnumerable<AppRow> taken) =>
        commit is not null && _read.GetValueOrDefault((app.Url, commit)) is { } needs
            ? AppCompatibility.Of(needs, work.Release, taken.Select(a => a.Name))
            : null;
}
