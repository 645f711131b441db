using ErpInstaller.Answers;
using ErpInstaller.Apps.Requirements;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Outside.Git;
using ErpInstaller.Run;

namespace ErpInstaller.Apps;

/// <summary>Reads an app's repository, with the login from the answers.</summary>
public static class AppRepository
{
    /// <summary>Lists its branches and tags.</summary>
    /// <exception cref="RepositoryUnreachable">The repository does not exist, does not answer or refuses the
    /// login.</exception>
    /// <exception cref="SecretUnavailable">The token that the answers name cannot be read.</exception>
    public static Task<IReadOnlyList<GitRef>> ListRefsAsync(
        ChosenApp app,
        AnswerFile answers,
        OutsideWorld world,
        SecretStore secrets,
        CancellationToken cancellation
    ) =>
        world.Git.ListRefsAsync(
            MirrorLogins.Address(app.Url, answers.Image),
            Login(app, answers, world, secrets),
            cancellation
        );

    /// <summary>
    /// Reads the app's requirements at a commit. This transfers a few kilobytes if the server supports git's filters.
    /// </summary>
    /// <inheritdoc cref="ListRefsAsync"/>
    public static async Task<AppRequirements> ReadRequirementsAsync(
        ChosenApp app,
        GitRef found,
        AnswerFile answers,
        OutsideWorld world,
        SecretStore secrets,
        CancellationToken cancellation
    )
    {
        var files = await world.Git.ReadFilesAsync(
            RequirementsReader.Files(app with { Url = MirrorLogins.Address(app.Url, answers.Image) }, found),
            Login(app, answers, world, secrets),
            cancellation
        );
        return RequirementsReader.Read(app, files);
    }

    // A rehearsal needs no secret.
    private static GitLogin? Login(ChosenApp app, AnswerFile answers, OutsideWorld world, SecretStore secrets) =>
        world.IsRehearsal ? null
        : MirrorLogins.WantsLogin(app.Url, answers.Image) ? MirrorLogins.OfGit(answers.Image, secrets)
        : AppLogins.Of(app.Name, answers.Apps, secrets);
}
