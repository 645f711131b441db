using ErpInstaller.Answers;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Outside.Git;

namespace ErpInstaller.Run;

/// <summary>Who we are at the repositories of private apps.</summary>
internal static class AppLogins
{
    // GitHub's apps need this name; for its access tokens, GitLab's and Gitea's any will do.
    internal const string AnyUser = "x-access-token";

    /// <summary>The login that the answers give for an app; null: none.</summary>
    /// <exception cref="SecretUnavailable">The token cannot be had.</exception>
    public static GitLogin? Of(string app, AppsAnswers answers, SecretStore secrets) =>
        answers.Override.GetValueOrDefault(app) is { Token: { } token } change
            ? new GitLogin(change.Username ?? AnyUser, secrets.Resolve(token, Key(app)))
            : null;

    /// <summary>Apps whose repositories want a token.</summary>
    public static IReadOnlySet<string> Private(AppsAnswers answers) =>
        answers.Override.Where(o => o.Value.Token is not null).Select(o => o.Key).ToHashSet();

    /// <summary>The answers' key of an app's token.</summary>
    public static string Key(string app) => $"apps.override.{app}.token";
}
