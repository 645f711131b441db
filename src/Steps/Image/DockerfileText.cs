using System.Globalization;
using System.Text.RegularExpressions;
using ErpInstaller.Answers;
using ErpInstaller.Answers.Keys;
using ErpInstaller.Apps;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Releases;
using ErpInstaller.Run;

namespace ErpInstaller.Image;

/// <summary>
/// Generates the Dockerfile of an apps lock from the pieces in <c>assets/image</c>. A line <c>#4: description</c>
/// before an instruction describes it for the operator and gives its weight, about four seconds. Each instruction is on
/// one line, so that it can be matched with the builder's output.
/// </summary>
internal sealed partial class DockerfileText
{
    /// <summary>The script that makes a <c>NAME.pack</c>; in <see cref="Files"/> when one must be made.</summary>
    public const string PackScript = "pack.sh";

    private const string Fetching = "fetching",
        Installing = "installing";
    private const string Packages = "packages of the front end",
        FrontEnd = "building the front end";

    private static readonly string[] Scripts =
    [
        "fetch.sh",
        "split.py",
        "environment.sh",
        "install.sh",
        "packages.sh",
        "assets.sh",
        "record.py",
        "prune.py",
        "collect.py",
        "merge.py",
        "locks.py",
        "node.sh",
        "check.py",
    ];

    private DockerfileText(IReadOnlyList<DockerfileStep> steps, IReadOnlyList<GeneratedFile> files)
    {
        Steps = steps;
        Files = files;
    }

    /// <summary>Its instructions in order.</summary>
    public IReadOnlyList<DockerfileStep> Steps { get; }

    /// <summary>The build context: the Dockerfile and the scripts that it copies.</summary>
    public IReadOnlyList<GeneratedFile> Files { get; }

    /// <summary>Apps that are fetched with the BuildKit secret <c>git-NAME</c>.</summary>
    public IReadOnlyList<LockedApp> Private { get; private init; } = [];

    /// <summary>Apps that this host fetches; the context must contain <c>NAME.pack</c> for each.</summary>
    public IReadOnlyList<LockedApp> Packed { get; private init; } = [];

    /// <summary>Generates the Dockerfile.</summary>
    /// <exception cref="InstallerException">A value of the lock could be more than a value in a Dockerfile or a
    /// shell.</exception>
    internal static DockerfileText Generate(AppsLock apps, AssetSource assets, DockerfileOptions? given = null)
    {
        var options = given ?? new DockerfileOptions();
        var rows = FrontEndRows.Of(apps, options.Release, options.Memory, options.Cores);
        var packages = options.Packages?.For(apps);
        var mirrors = new BuildMirrors(options.Image);
        bool IsPrivate(LockedApp app) =>
            !app.IsFetchedHere
            && (options.WantToken.Contains(app.Name) || MirrorLogins.WantsLogin(app.Url, options.Image));
        string Source(LockedApp app) =>
            app.IsFetchedHere ? "source-packed"
            : IsPrivate(app) ? "source-private"
            : "source";
        IEnumerable<string> Piece(
            string name,
            LockedApp? app = null,
            string before = "",
            params IReadOnlyList<string> sources
        ) =>
            Fill(
                    assets
                        .Read($"image/{name}.Dockerfile")
                        .Replace("@BEFORE@", before, StringComparison.Ordinal)
                        .Replace("@SOURCES@", string.Join(' ', sources), StringComparison.Ordinal)
                        .Replace("@SOURCE@", string.Join(' ', sources), StringComparison.Ordinal),
                    apps,
                    app,
                    options
                )
                .TrimEnd('\n')
                .Split('\n');
        IEnumerable<string> Each(string name) => apps.Apps.SelectMany(a => Piece(name, a));

        // A chain of stages: the first has a given base, each other one has the stage before it.
        IEnumerable<string> Row(string name, string first) =>
            apps.Apps.SelectMany((a, i) => Piece(name, a, i == 0 ? first : $"{name}-{apps.Apps[i - 1].Name}"));
        IEnumerable<string> Front(LockedApp app) =>
            [
                .. Piece("front", app, Before(app.Name)),
                .. packages?.Locks.ContainsKey(app.Name) == true ? Piece("recorded", app) : [],
                .. Piece("front-packages", app),
                .. Required(apps, app).SelectMany(s => Piece("front-source", app, sources: s)),
                .. Piece("front-build", app, sources: [app.Name, .. Required(apps, app)]),
            ];
        string Before(string app)
        {
            var row = rows.First(r => r.Contains(app)).TakeWhile(a => a != app).ToList();
            return row is [.., var before] ? $"front-{before}" : "builder";
        }

        GeneratedFile[] surroundings =
        [
            .. mirrors.Any ? [mirrors.Write()] : Array.Empty<GeneratedFile>(),
            .. options.Authorities is { } authorities ? [authorities] : Array.Empty<GeneratedFile>(),
        ];
        IEnumerable<string> Surrounded(string description) =>
            surroundings.Length == 0
                ? []
                : Piece("mirrors")
                    .Select(l =>
                        l.Replace("@WORDS@", description, StringComparison.Ordinal)
                            .Replace(
                                "@MIRRORS@",
                                string.Join(' ', surroundings.Select(f => f.Path)),
                                StringComparison.Ordinal
                            )
                    );

        // Collect from the last front end first: otherwise BuildKit would collect from each as soon as it is built, and
        // report that in between.
        IEnumerable<string> Shared() => Enumerable.Reverse(apps.Apps).SelectMany(a => Piece("shared", a));

        string[] lines =
        [
            .. Piece("head"),
            .. Surrounded("preparing the builder"),
            .. apps.Sources().SelectMany(a => Piece(Source(a), a)),
            .. Piece("bench"),
            .. Surrounded("preparing the bench"),
            .. packages?.Python.Count > 0 ? Piece("constraints") : [],
            .. apps.Forks is null ? [] : Piece("forks"),
            .. (apps.Forks ?? []).SelectMany(a => Piece("fork", a)),
            .. Row("install", "builder"),
            .. Piece("check", before: apps.Apps is [.., var last] ? $"install-{last.Name}" : "builder"),
            .. rows.SelectMany(r => r).SelectMany(name => Front(apps.Apps.Single(a => a.Name == name))),
            .. Piece("collect"),
            .. Shared(),
            .. Piece("collected"),
            .. Piece("final"),
            .. Each("app"),
            .. Piece("end"),
        ];
        var text = string.Concat(lines.Where(l => !Marker().IsMatch(l)).Select(l => l + "\n"));
        var scripts = apps.Sources().Any(a => a.IsFetchedHere) ? Scripts.Append(PackScript) : Scripts;
        var files = (apps.Forks is null ? scripts : scripts.Append("fork.sh"))
            .Select(s => new GeneratedFile(s, assets.Read($"image/{s}")))
            .Prepend(new GeneratedFile("Dockerfile", text));
        files = packages is null ? files : files.Concat(packages.Write());
        return new DockerfileText(ReadSteps(lines, apps, options.Release, rows), [.. files, .. surroundings])
        {
            Private = [.. apps.Sources().Where(IsPrivate)],
            Packed = [.. apps.Sources().Where(a => a.IsFetchedHere)],
        };
    }

    // The apps that an app requires, directly or indirectly, in the order of the lock.
    private static IEnumerable<string> Required(AppsLock apps, LockedApp app)
    {
        var found = new HashSet<string>();
        void Add(LockedApp of)
        {
            foreach (var required in apps.Apps.Where(a => of.Requires.Contains(a.Name) && found.Add(a.Name)))
            {
                Add(required);
            }
        }

        Add(app);
        return apps.Apps.Select(a => a.Name).Where(found.Contains);
    }

    private static List<DockerfileStep> ReadSteps(
        string[] lines,
        AppsLock apps,
        Release release,
        IReadOnlyList<IReadOnlyList<string>> rows
    )
    {
        var steps = new List<DockerfileStep>();
        foreach (var (marker, instruction) in lines.Zip(lines.Skip(1)))
        {
            if (Marker().Match(marker) is { Success: true } match)
            {
                var description = match.Groups["description"].Value;
                var app = apps.Sources()
                    .FirstOrDefault(a => description.StartsWith(a.Name + ": ", StringComparison.Ordinal));
                var part =
                    app is not null && description.EndsWith(" " + app.Ref, StringComparison.Ordinal)
                        ? description[..^(app.Ref.Length + 1)]
                        : description;
                var weight = double.Parse(match.Groups["weight"].Value, CultureInfo.InvariantCulture);
                var what = app is null ? "" : part[(app.Name.Length + 2)..];
                var known =
                    instruction.StartsWith("RUN ", StringComparison.Ordinal) && app is not null
                        ? Seconds(FrontEndRows.Build(release, app.Name), what)
                        : 0;
                steps.Add(
                    new DockerfileStep(instruction, description, part, known > 0 ? known : weight, app?.Name)
                    {
                        Row = RowOf(app, what),
                    }
                );
            }
        }

        return steps;

        string RowOf(LockedApp? app, string what) =>
            what switch
            {
                "" => "",
                not Fetching when BaseApps.All.Contains(app!.Name) => "",
                Fetching => $"{app!.Name}: {Fetching}",
                Installing => Installing,
                _ => $"front ends {rows.ToList().FindIndex(r => r.Contains(app!.Name))}",
            };
    }

    private static double Seconds(ReleaseBuild build, string what) =>
        what switch
        {
            Installing => build.Install,
            Packages => build.Packages,
            FrontEnd => build.FrontEnd,
            _ => 0,
        };

    private static string Fill(string piece, AppsLock apps, LockedApp? app, DockerfileOptions options)
    {
        var text = piece
            .Replace("@RELEASE@", Checked(apps.Release, TextRules.ReleaseName.Accepts), StringComparison.Ordinal)
            .Replace(
                "@BUILD_IMAGE@",
                Checked(apps.BuildBase(), TextRules.ImageReference.Accepts),
                StringComparison.Ordinal
            )
            .Replace(
                "@RUNTIME_IMAGE@",
                Checked(apps.RuntimeBase(), TextRules.ImageReference.Accepts),
                StringComparison.Ordinal
            )
            .Replace(
                "@BUILDERS@",
                options.BuildKit ? "For BuildKit." : "For BuildKit and the engine's own builder.",
                StringComparison.Ordinal
            )
            .Replace("@TRUST@", options.BuildKit ? BuildAuthorities.Mount : "", StringComparison.Ordinal)
            .Replace(
                "@PIP_MOUNTS@",
                (options.BuildKit ? Cache("pip", "locked") : "") + new BuildMirrors(options.Image).PythonMount,
                StringComparison.Ordinal
            )
            .Replace(
                "@YARN_MOUNTS@",
                (options.BuildKit ? Cache("yarn", "shared", "-@APP@") : "") + new BuildMirrors(options.Image).NpmMount,
                StringComparison.Ordinal
            )
            .Replace(
                "@APPS@",
                string.Join(' ', apps.Apps.Select(a => Checked(a.Name, TextRules.AppName.Accepts))),
                StringComparison.Ordinal
            )
            .Replace(
                "@LABELS@",
                string.Join(' ', ImageLabels.Of(apps).Select(l => $"{l.Key}=\"{Checked(l.Value, Label().IsMatch)}\"")),
                StringComparison.Ordinal
            );
        return app is null
            ? text
            : text.Replace("@APP@", Checked(app.Name, TextRules.AppName.Accepts), StringComparison.Ordinal)
                .Replace(
                    "@URL@",
                    Checked(WithoutLogin(app, MirrorLogins.Address(app.Url, options.Image)), TextRules.GitUrl.Accepts),
                    StringComparison.Ordinal
                )
                .Replace("@REF@", Checked(app.Ref, TextRules.ResolvedRef.Accepts), StringComparison.Ordinal)
                .Replace("@COMMIT@", Checked(app.Commit, RefResolver.IsCommit), StringComparison.Ordinal);
    }

    // Two pips or yarns at once break their cache. Each app has its own for yarn, so that the packages of several apps
    // are fetched at the same time. Another installer on the same engine may use it too: packages.sh locks it, because
    // a locked mount would also hold up a front end without packages.
    private static string Cache(string name, string sharing, string suffix = "") =>
        $"--mount=type=cache,id=erp-installer-{name}{suffix},target=/home/frappe/{name}-cache,"
        + $"uid=1000,gid=1000,sharing={sharing} ";

    private static string WithoutLogin(LockedApp app, string url) =>
        app.IsFetchedHere || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.UserInfo.Length == 0
            ? url
            : throw ImageErrors.LoginInAddress(app);

    // The answers are checked when they are read. The apps lock can come from anywhere, so its values obey the same
    // rules.
    private static string Checked(string value, Func<string, bool> isGood) =>
        isGood(value) ? value : throw ImageErrors.LockUnusable(value);

    [GeneratedRegex("^#(?<weight>[0-9]+): (?<description>.+)$")]
    private static partial Regex Marker();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._:/@+ ,-]*\z")]
    private static partial Regex Label();
}
