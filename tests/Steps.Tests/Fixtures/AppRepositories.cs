namespace ErpInstaller.Tests.Fixtures;

/// <summary>
/// Bare git repositories of small apps (<c>tests/setup/apps.sh</c> lists them with their branches and tags). They need
/// git. Only <see cref="HttpUrl"/> needs a Docker engine.
/// </summary>
internal sealed class AppRepositories
{
    private readonly string? _server = TestSetup.Read("ERP_TEST_APPS_URL");

    private AppRepositories(string directory) => Directory = directory;

    /// <summary>The directory of the repositories, as <c>owner/name.git</c>.</summary>
    public string Directory { get; }

    /// <summary>The repositories of this run; the running test is skipped when there are none.</summary>
    public static AppRepositories Require() =>
        new(TestSetup.Require("ERP_TEST_APPS", "needs the app repositories that ./test makes with git"));

    /// <summary>A URL for this host, <c>file:///…/frappe/crm.git</c> for <c>frappe/crm</c>.</summary>
    public string FileUrl(string repository) => $"file://{Directory}/{repository}.git";

    /// <summary>
    /// A URL for this host and for containers, also while an image is built: <c>http://…/frappe/crm</c>. The running
    /// test is skipped where there is no engine to run the server in.
    /// </summary>
    public string HttpUrl(string repository)
    {
        Assert.SkipWhen(_server is null, "needs the git server that ./test runs in a Docker engine");
        return $"{_server}/{repository}";
    }

    /// <summary>The same by HTTPS, with an untrusted certificate.</summary>
    public string UntrustedUrl(string repository) =>
        HttpUrl(repository)
            .Replace("http:", "https:", StringComparison.Ordinal)
            .Replace(":8080/", ":8081/", StringComparison.Ordinal);

    /// <summary>Password of the user <c>git</c> for repositories below <c>private</c>.</summary>
    public const string Token = "canary-4f1d9a7c";
}
