using ErpInstaller.Answers;
using ErpInstaller.Engine;
using ErpInstaller.Git;

namespace ErpInstaller.Apps;

/// <summary>Asks an app's repository, with the login that the answers give for it.</summary>
public static class AppRepository
{
    /// <summary>Its branches and tags.</summary>
    /// <exception cref="RepositoryUnreachable">No such repository, no network, no permission.</exception>
    /// <exception cref="SecretUnavailable">The token that the answers name cannot be had.</exception>
    public static Task<IReadOnlyList<GitRef>> ListRefsAsync(
        ChosenApp app, AppsAnswers answers, OutsideWorld world, SecretStore secrets, CancellationToken cancellation)
    {
        // A rehearsal needs no secret.
        var login = world.IsRehearsal ? null : AppLogins.Of(app.Name, answers, secrets);
        return world.Git.ListRefsAsync(app.Url, login, cancellation);
    }
}
