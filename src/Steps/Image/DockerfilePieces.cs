using System.Text.RegularExpressions;
using ErpInstaller.Answers;
using ErpInstaller.Answers.Keys;
using ErpInstaller.Apps;
using ErpInstaller.Core.Assets;
using ErpInstaller.Run;

namespace ErpInstaller.Image;

/// <summary>
/// Reads the pieces of a Dockerfile, <c>assets/image/*.Dockerfile</c>, and replaces their placeholders. The apps lock
/// can come from anywhere, so its values obey the same rules as answers.
/// </summary>
internal sealed partial class DockerfilePieces(AppsLock apps, AssetSource assets, DockerfileOptions options)
{
    private readonly BuildMirrors _mirrors = new(options.Image);

    /// <summary>The lines of a piece.</summary>
    /// <param name="app">The app that it belongs to; null: none.</param>
    /// <param name="before">The stage on which its stage is based.</param>
    /// <param name="sources">Names of apps whose sources it uses.</param>
    public IEnumerable<string> Read(
        string name,
        LockedApp? app = null,
        string before = "",
        params IReadOnlyList<string> sources
    )
    {
        Dictionary<string, string> values = new()
        {
            ["BEFORE"] = before,
            ["SOURCES"] = string.Join(' ', sources),
            ["SOURCE"] = string.Join(' ', sources),
        };
        return Lines(name, values.Concat(OfLock()).Concat(app is null ? [] : OfApp(app)));
    }

    /// <summary>The lines that copy files about the company's network.</summary>
    public IEnumerable<string> ReadMirrors(string description, IEnumerable<string> files) =>
        Lines(
            "mirrors",
            new Dictionary<string, string> { ["WORDS"] = description, ["MIRRORS"] = string.Join(' ', files) }
        );

    private string[] Lines(string name, IEnumerable<KeyValuePair<string, string>> values) =>
        values
            .Aggregate(assets.Read($"image/{name}.Dockerfile"), (text, v) =>
                text.Replace($"@{v.Key}@", v.Value, StringComparison.Ordinal)
            )
            .TrimEnd('\n')
            .Split('\n');

    private Dictionary<string, string> OfLock() =>
        new()
        {
            ["RELEASE"] = Checked(apps.Release, TextRules.ReleaseName.Accepts),
            ["BUILD_IMAGE"] = Checked(apps.BuildBase(), TextRules.ImageReference.Accepts),
            ["RUNTIME_IMAGE"] = Checked(apps.RuntimeBase(), TextRules.ImageReference.Accepts),
            ["BUILDERS"] = options.BuildKit ? "For BuildKit." : "For BuildKit and the engine's own builder.",
            ["TRUST"] = options.BuildKit ? BuildAuthorities.Mount : "",
            ["PIP_MOUNTS"] = Cache("pip", "locked") + _mirrors.PythonMount,
            // OfApp replaces the name later.
            ["YARN_MOUNTS"] = Cache("yarn", "shared", "-@APP@") + _mirrors.NpmMount,
            ["APPS"] = string.Join(' ', apps.Apps.Select(a => Checked(a.Name, TextRules.AppName.Accepts))),
            ["LABELS"] = string.Join(
                ' ',
                ImageLabels.Of(apps).Select(l => $"{l.Key}=\"{Checked(l.Value, Label().IsMatch)}\"")
            ),
        };

    private Dictionary<string, string> OfApp(LockedApp app) =>
        new()
        {
            ["APP"] = Checked(app.Name, TextRules.AppName.Accepts),
            ["URL"] = Checked(
                WithoutLogin(app, MirrorLogins.Address(app.Url, options.Image)),
                TextRules.GitUrl.Accepts
            ),
            ["REF"] = Checked(app.Ref, TextRules.ResolvedRef.Accepts),
            ["COMMIT"] = Checked(app.Commit, RefResolver.IsCommit),
        };

    // Two pips or yarns at once break their cache. Each app has its own for yarn, so that the packages of several apps
    // are fetched at the same time. Another installer on the same engine may use it too: packages.sh locks it, because
    // a locked mount would also hold up a front end without packages.
    private string Cache(string name, string sharing, string suffix = "") =>
        options.BuildKit
            ? $"--mount=type=cache,id=erp-installer-{name}{suffix},target=/home/frappe/{name}-cache,"
                + $"uid=1000,gid=1000,sharing={sharing} "
            : "";

    private static string WithoutLogin(LockedApp app, string url) =>
        app.IsFetchedHere || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.UserInfo.Length == 0
            ? url
            : throw ImageErrors.LoginInAddress(app);

    private static string Checked(string value, Func<string, bool> isGood) =>
        isGood(value) ? value : throw ImageErrors.LockUnusable(value);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._:/@+ ,-]*\z")]
    private static partial Regex Label();
}
