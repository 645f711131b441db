using ErpInstaller.Answers;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Outside.Git;

namespace ErpInstaller.Run;

/// <summary>The installer's logins at the repositories of private apps.</summary>
internal static class AppLogins
{
    // GitHub Apps need this name. GitHub's access tokens, GitLab and Gitea accept any name.
    internal const string AnyUser = "x-access-token";

    /// <summary>The login that the answers give for an app; null: none.</summary>
    /// <exception cref="SecretUnavailable">The token is not available.</exception>
    public static GitLogin? Of(string app, AppsAnswers answers, SecretStore secrets) =>
        answers.Of(app) is { Token: { } token } change
            ? new GitLogin(change.Username ?? AnyUser, secrets.Resolve(token, Key(app, answers)))
            : null;

    /// <summary>The apps whose repositories need a token.</summary>
    public static IReadOnlySet<string> Private(AppsAnswers answers) =>
        answers.Tables().Where(t => t.Source.Token is not null).Select(t => t.App).ToHashSet();

    /// <summary>The answers' key of an app's token.</summary>
    public static string Key(string app, AppsAnswers answers) => $"{answers.KeyOf(app)}.token";
}
