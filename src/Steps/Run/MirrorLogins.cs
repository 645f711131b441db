using System.Text;
using ErpInstaller.Answers;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Outside.Git;

namespace ErpInstaller.Run;

/// <summary>
/// The mirrors that the answers name: the addresses of app repositories there, and the logins as files that the tools
/// of a build read.
/// </summary>
internal static class MirrorLogins
{
    /// <summary>The answers' keys of the passwords.</summary>
    public const string NpmKey = "image.npm_password",
        PythonKey = "image.python_password",
        GitKey = "image.git_password";

    private const string GitHub = "https://github.com/";

    /// <summary>
    /// The address of a repository: on the mirror if the answers name one and the repository is GitHub's.
    /// </summary>
    public static string Address(string url, ImageAnswers answers) =>
        answers.GitMirror is { } mirror && url.StartsWith(GitHub, StringComparison.Ordinal)
            ? $"{mirror.TrimEnd('/')}/{url[GitHub.Length..]}"
            : url;

    /// <summary>Whether git reads a repository from the mirror with a login.</summary>
    public static bool WantsLogin(string url, ImageAnswers answers) =>
        answers.GitPassword is not null
        && answers.GitMirror is not null
        && url.StartsWith(GitHub, StringComparison.Ordinal);

    /// <summary>The login at the mirror of repositories.</summary>
    /// <exception cref="SecretUnavailable">The password is not available.</exception>
    public static GitLogin OfGit(ImageAnswers answers, SecretStore secrets) =>
        new(answers.GitUsername ?? AppLogins.AnyUser, secrets.Resolve(answers.GitPassword!, GitKey));

    /// <summary>A <c>.npmrc</c> with the login at the npm registry's mirror; null: the answers have none.</summary>
    /// <exception cref="SecretUnavailable">The password is not available.</exception>
    public static string? Npmrc(ImageAnswers answers, SecretStore secrets)
    {
        if (answers is not { NpmRegistry: { } registry, NpmPassword: { } source })
        {
            return null;
        }

        var password = secrets.Resolve(source, NpmKey);
        var place = registry[registry.IndexOf("//", StringComparison.Ordinal)..].TrimEnd('/') + "/";
        var login = answers.NpmUsername is { } user
            ? $"_auth={Basic(user, password, secrets)}"
            : $"_authToken={Quoted(password)}";
        return $"registry={registry}\n{place}:{login}\nalways-auth=true\n";
    }

    /// <summary>
    /// A <c>.netrc</c> with the login at the Python index, which pip reads; null: the answers have none.
    /// </summary>
    /// <exception cref="SecretUnavailable">The password is not available.</exception>
    public static string? Netrc(ImageAnswers answers, SecretStore secrets)
    {
        if (answers is not { PythonIndex: { } index, PythonPassword: { } source })
        {
            return null;
        }

        var (user, password) = (answers.PythonUsername ?? "__token__", secrets.Resolve(source, PythonKey));
        return $"machine {new Uri(index).Host} login {user} password {Quoted(password)}\n";
    }

    // Both files accept quotes. A bare word would end at a space, a # or a semicolon.
    private static string Quoted(string text) =>
        $"\"{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Basic(string user, string password, SecretStore secrets)
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        secrets.Register(encoded);
        return encoded;
    }
}
