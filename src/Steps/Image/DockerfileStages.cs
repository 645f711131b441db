using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Files;
using ErpInstaller.Run;

namespace ErpInstaller.Image;

/// <summary>
/// The stages of a Dockerfile: the order of the pieces of <c>assets/image</c>, and the stage on which each is based.
/// </summary>
internal sealed class DockerfileStages(AppsLock apps, AssetSource assets, DockerfileOptions options)
{
    private const string Builder = "builder";

    private readonly DockerfilePieces _pieces = new(apps, assets, options);
    private readonly PackagesRecord? _packages = options.Packages?.For(apps);

    /// <summary>The apps' names in each row of front ends.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows { get; } =
        FrontEndRows.Of(apps, options.Release, options.Memory, options.Cores);

    /// <summary>Files about the company's network: mirrors, and CAs for the engine's own builder.</summary>
    public IReadOnlyList<GeneratedFile> Surroundings { get; } = FilesOf(options);

    /// <summary>Whether an app's fetch needs a login, which only BuildKit can pass.</summary>
    public bool IsPrivate(LockedApp app) =>
        !app.IsFetchedHere && (options.WantToken.Contains(app.Name) || MirrorLogins.WantsLogin(app.Url, options.Image));

    /// <summary>The lines, each instruction with its marker before it.</summary>
    public IReadOnlyList<string> Write() =>
        [
            .. _pieces.Read("head"),
            .. Surrounded("preparing the builder"),
            .. apps.Sources().SelectMany(a => _pieces.Read(Fetch(a), a)),
            .. _pieces.Read("bench"),
            .. Surrounded("preparing the bench"),
            .. _packages?.Python.Count > 0 ? _pieces.Read("constraints") : [],
            .. Forks(),
            .. Installations(),
            .. _pieces.Read("check", before: apps.Apps is [.., var last] ? $"install-{last.Name}" : Builder),
            .. Rows.SelectMany(r => r).SelectMany(name => FrontEnd(apps.Apps.Single(a => a.Name == name))),
            .. Collection(),
            .. _pieces.Read("final"),
            .. apps.Apps.SelectMany(a => _pieces.Read("app", a)),
            .. _pieces.Read("end"),
        ];

    private static IReadOnlyList<GeneratedFile> FilesOf(DockerfileOptions options)
    {
        var mirrors = new BuildMirrors(options.Image);
        return
        [
            .. mirrors.Any ? [mirrors.Write()] : Array.Empty<GeneratedFile>(),
            .. options.Authorities is { } authorities ? [authorities] : Array.Empty<GeneratedFile>(),
        ];
    }

    private IEnumerable<string> Surrounded(string description) =>
        Surroundings.Count == 0 ? [] : _pieces.ReadMirrors(description, Surroundings.Select(f => f.Path));

    private string Fetch(LockedApp app) =>
        app.IsFetchedHere ? "source-packed"
        : IsPrivate(app) ? "source-private"
        : "source";

    private IEnumerable<string> Forks() =>
        apps.Forks is { } forks ? [.. _pieces.Read("forks"), .. forks.SelectMany(a => _pieces.Read("fork", a))] : [];

    // A chain: each stage is based on the one before it.
    private IEnumerable<string> Installations() =>
        apps.Apps.SelectMany(
            (a, i) => _pieces.Read("install", a, i == 0 ? Builder : $"install-{apps.Apps[i - 1].Name}")
        );

    private IEnumerable<string> FrontEnd(LockedApp app)
    {
        var required = Required(app).ToList();
        return
        [
            .. _pieces.Read("front", app, BeforeFrontEnd(app.Name)),
            // yarn may read files of a required app: file:../other/ui.
            .. required.SelectMany(r => _pieces.Read("front-source", app, sources: r)),
            .. _packages?.Locks.ContainsKey(app.Name) == true ? _pieces.Read("recorded", app) : [],
            .. _pieces.Read("front-packages", app),
            .. _pieces.Read("front-build", app, sources: [app.Name, .. required]),
        ];
    }

    private string BeforeFrontEnd(string app)
    {
        var row = Rows.First(r => r.Contains(app)).TakeWhile(a => a != app).ToList();
        return row is [.., var before] ? $"front-{before}" : Builder;
    }

    // From the last front end first: otherwise BuildKit would collect from each as soon as it is built, and report that
    // in between.
    private IEnumerable<string> Collection() =>
        [
            .. _pieces.Read("collect"),
            .. Enumerable.Reverse(apps.Apps).SelectMany(a => _pieces.Read("shared", a)),
            .. _pieces.Read("collected"),
        ];

    // The apps that an app requires, directly or indirectly, in the order of the lock.
    private IEnumerable<string> Required(LockedApp app)
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
}
