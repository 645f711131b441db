using System.Globalization;
using System.Text.RegularExpressions;
using ErpInstaller.Apps;
using ErpInstaller.Assets;
using ErpInstaller.Engine;

namespace ErpInstaller.Images;

/// <summary>
/// The Dockerfile of a lock, put together from the pieces in <c>assets/image</c>. A line <c>#: words</c> before an
/// instruction tells the operator what it is about, <c>#4: words</c> that it counts four times. Each instruction is on
/// one line, so that it is found again in what a builder writes.
/// </summary>
public sealed partial class DockerfileText
{
    /// <summary>Makes a <c>NAME.pack</c>; in <see cref="Files"/> when there is one to make.</summary>
    public const string PackScript = "pack.sh";

    private static readonly string[] Scripts = ["fetch.sh", "install.sh", "assets.sh", "record.py", "check.py", "merge.py", "collect.py"];

    private DockerfileText(string text, IReadOnlyList<DockerfileStep> steps, IReadOnlyList<GeneratedFile> files)
    {
        Text = text;
        Steps = steps;
        Files = files;
    }

    /// <summary>The file.</summary>
    public string Text { get; }

    /// <summary>Its instructions in order.</summary>
    public IReadOnlyList<DockerfileStep> Steps { get; }

    /// <summary>The whole context of the build: the Dockerfile and the scripts that it copies.</summary>
    public IReadOnlyList<GeneratedFile> Files { get; }

    /// <summary>Apps that are fetched with a secret, which BuildKit alone has: <c>git-NAME</c>.</summary>
    public IReadOnlyList<LockedApp> Private { get; private init; } = [];

    /// <summary>Apps that this host fetches; the context must have each as <c>NAME.pack</c>.</summary>
    public IReadOnlyList<LockedApp> Packed { get; private init; } = [];

    /// <summary>Puts it together.</summary>
    /// <param name="wantToken">Names of apps whose repositories want a token.</param>
    /// <exception cref="LockUnusable">A value of the lock could be more than a value in a Dockerfile or a shell.</exception>
    public static DockerfileText Generate(AppsLock apps, AssetSource assets, IReadOnlySet<string>? wantToken = null)
    {
        bool IsPrivate(LockedApp app) => !app.IsFetchedHere && wantToken?.Contains(app.Name) == true;
        string Source(LockedApp app) => app.IsFetchedHere ? "source-packed" : IsPrivate(app) ? "source-private" : "source";
        IEnumerable<string> Piece(string name, LockedApp? app = null, string before = "") =>
            Fill(assets.Read($"image/{name}.Dockerfile").Replace("@BEFORE@", before, StringComparison.Ordinal), apps, app).TrimEnd('\n').Split('\n');
        IEnumerable<string> Each(string name) => apps.Apps.SelectMany(a => Piece(name, a));

        // Stages in a row: the first stands on another, each of the others on the one before it.
        IEnumerable<string> Row(string name, string first) =>
            apps.Apps.SelectMany((a, i) => Piece(name, a, i == 0 ? first : $"{name}-{apps.Apps[i - 1].Name}"));

        // The last front end first: else BuildKit would collect from each as soon as it is built, and tell so in between.
        IEnumerable<string> Collected() => Enumerable.Reverse(apps.Apps).SelectMany(a => Piece("built", a));

        string[] lines =
        [
            .. Piece("head"), .. apps.Apps.SelectMany(a => Piece(Source(a), a)),
            .. Piece("bench"), .. Row("install", "builder"), .. Piece("check", before: apps.Apps is [.., var last] ? $"install-{last.Name}" : "builder"),
            .. Row("assets", "checked"), .. Piece("collect"), .. Collected(), .. Piece("collected"),
            .. Piece("final"), .. Each("app"), .. Piece("end"),
        ];
        var text = string.Concat(lines.Where(l => !Marker().IsMatch(l)).Select(l => l + "\n"));
        var scripts = apps.Apps.Exists(a => a.IsFetchedHere) ? Scripts.Append(PackScript) : Scripts;
        var files = scripts.Select(s => new GeneratedFile(s, assets.Read($"image/{s}"))).Prepend(new GeneratedFile("Dockerfile", text));
        return new DockerfileText(text, ReadSteps(lines, apps), [.. files])
        {
            Private = [.. apps.Apps.Where(IsPrivate)],
            Packed = [.. apps.Apps.Where(a => a.IsFetchedHere)],
        };
    }

    private static List<DockerfileStep> ReadSteps(string[] lines, AppsLock apps)
    {
        var steps = new List<DockerfileStep>();
        foreach (var (marker, instruction) in lines.Zip(lines.Skip(1)))
        {
            if (Marker().Match(marker) is { Success: true } match)
            {
                var words = match.Groups["words"].Value;
                var weight = match.Groups["weight"].Value is { Length: > 0 } digits ? int.Parse(digits, CultureInfo.InvariantCulture) : 1;
                var app = apps.Apps.FirstOrDefault(a => words.StartsWith(a.Name + ": ", StringComparison.Ordinal));
                var thing = app is not null && words.EndsWith(" " + app.Ref, StringComparison.Ordinal) ? words[..^(app.Ref.Length + 1)] : words;
                steps.Add(new DockerfileStep(instruction, words, thing, weight, app?.Name));
            }
        }

        return steps;
    }

    private static string Fill(string piece, AppsLock apps, LockedApp? app)
    {
        var text = piece.Replace("@RELEASE@", Checked(apps.Release, Reference()), StringComparison.Ordinal)
            .Replace("@BUILD_IMAGE@", Checked(apps.BuildBase(), Reference()), StringComparison.Ordinal)
            .Replace("@RUNTIME_IMAGE@", Checked(apps.RuntimeBase(), Reference()), StringComparison.Ordinal)
            .Replace("@APPS@", string.Join(' ', apps.Apps.Select(a => Checked(a.Name, Name()))), StringComparison.Ordinal)
            .Replace("@LABELS@", string.Join(' ', ImageLabels.Of(apps).Select(l => $"{l.Key}=\"{Checked(l.Value, Label())}\"")), StringComparison.Ordinal);
        return app is null ? text : text
            .Replace("@APP@", Checked(app.Name, Name()), StringComparison.Ordinal)
            .Replace("@URL@", AppSourceRefused.Check(app, Checked(app.Url, Url())), StringComparison.Ordinal)
            .Replace("@REF@", Checked(app.Ref, Ref()), StringComparison.Ordinal)
            .Replace("@COMMIT@", Checked(app.Commit, Commit()), StringComparison.Ordinal);
    }

    // The answers are checked when they are read; the lock file can come from anywhere.
    private static string Checked(string value, Regex pattern) =>
        pattern.IsMatch(value) ? value : throw new LockUnusable(value);

    [GeneratedRegex("^#(?<weight>[0-9]*): (?<words>.+)$")]
    private static partial Regex Marker();

    [GeneratedRegex(@"\A[a-z][a-z0-9_]*\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A(https?|ssh|file|git)://[A-Za-z0-9@:%._~/+-]+\z|\A[A-Za-z0-9_-]+@[A-Za-z0-9._-]+:[A-Za-z0-9._~/+-]+\z")]
    private static partial Regex Url();

    // No "..": git refuses it too. No "-" at the beginning: git would take it for an option.
    [GeneratedRegex(@"\A(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9._/+-]*\z")]
    private static partial Regex Ref();

    [GeneratedRegex(@"\A[0-9a-f]{40}\z")]
    private static partial Regex Commit();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._:/@-]*\z")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._:/@+ ,-]*\z")]
    private static partial Regex Label();
}
