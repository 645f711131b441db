namespace ErpInstaller.Answers.Keys;

/// <summary>Rules for releases, apps and where apps come from.</summary>
internal static partial class TextRules
{
    /// <summary>A release that exists.</summary>
    public static readonly TextRule ReleaseName = new(
        "the name of a release",
        Patterns.ReleaseName,
        Patterns.ReleaseNameRegex
    )
    {
        IsDecidedElsewhere = true,
    };

    /// <summary>An app that the release has.</summary>
    public static readonly TextRule AppName = new("the name of an app", Patterns.AppName, Patterns.AppNameRegex)
    {
        IsDecidedElsewhere = true,
    };

    /// <summary>
    /// Where git clones from: https, ssh (also as <c>git@host:path</c>), a local repository, or http.
    /// </summary>
    public static readonly TextRule GitUrl = new(
        "an address for git: https://host/path, ssh://git@host/path, git@host:path or file:///path",
        Patterns.GitUrl,
        Patterns.GitUrlRegex
    )
    {
        MaxLength = 500,
        Explain = ExplainUrl,
        Correct = text => CorrectUrl(text.Trim()),
    };

    /// <summary>A user at a git server.</summary>
    public static readonly TextRule GitUser = new(
        "a git server's user name",
        Patterns.RegistryUser,
        Patterns.RegistryUserRegex
    );

    /// <summary>
    /// A branch or tag by the rules of git-check-ref-format(1), narrowed to harmless characters; a star at the end
    /// stands for the newest such tag.
    /// </summary>
    public static readonly TextRule GitRef = new("the name of a branch or tag", Patterns.GitRef, Patterns.GitRefRegex)
    {
        MaxLength = 200,
        Explain = ExplainRef,
    };

    /// <summary>A branch, tag or commit that was found, so without a star.</summary>
    public static readonly TextRule ResolvedRef = GitRef with
    {
        Explain = text => text.EndsWith('*') ? "has a star" : ExplainRef(text),
    };

    private static string? ExplainUrl(string text) =>
        text.Split('/').Any(s => s is ".." or ".") ? "has . or .. in its path"
        : IsHttp(text) && text.Contains('@', StringComparison.Ordinal)
            ? "contains a login, which the lock file and the log would show: use username and token"
        : null;

    private static bool IsHttp(string text) =>
        text.StartsWith("http://", StringComparison.Ordinal) || text.StartsWith("https://", StringComparison.Ordinal);

    private static string CorrectUrl(string text) =>
        text switch
        {
            _ when text.StartsWith("git://", StringComparison.Ordinal) => "https" + text[3..],
            _ when text.StartsWith('/') => "file://" + text,
            _ when text.StartsWith("github.com/", StringComparison.Ordinal) => "https://" + text,
            _ => text,
        };

    private static string? ExplainRef(string text) =>
        text.Contains("..", StringComparison.Ordinal) ? "has two dots in a row, which git refuses"
        : text.Split('/').Any(s => s.EndsWith(".lock", StringComparison.Ordinal)) ? "ends with .lock, which git refuses"
        : text.Split('/').Any(s => s.StartsWith('.') || s.Length == 0)
            ? "has an empty or hidden part between slashes, which git refuses"
        : text.EndsWith('.') ? "ends with a dot, which git refuses"
        : null;
}
