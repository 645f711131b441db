using ErpInstaller.Apps;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;

namespace ErpInstaller.Image;

/// <summary>
/// The Dockerfile of an apps lock, and the files of its build context. Each instruction is on one line, so that it can
/// be matched with the builder's output.
/// </summary>
internal sealed class DockerfileText
{
    /// <summary>The script that makes a <c>NAME.pack</c>; in <see cref="Files"/> when one must be made.</summary>
    public const string PackScript = "pack.sh";

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

    private DockerfileText() { }

    /// <summary>Its instructions in order.</summary>
    public required IReadOnlyList<DockerfileStep> Steps { get; init; }

    /// <summary>The build context: the Dockerfile and the scripts that it copies.</summary>
    public required IReadOnlyList<GeneratedFile> Files { get; init; }

    /// <summary>Apps that are fetched with the BuildKit secret <c>git-NAME</c>.</summary>
    public required IReadOnlyList<LockedApp> Private { get; init; }

    /// <summary>Apps that this host fetches; the context must contain <c>NAME.pack</c> for each.</summary>
    public required IReadOnlyList<LockedApp> Packed { get; init; }

    /// <summary>Generates the Dockerfile.</summary>
    /// <exception cref="InstallerException">A value of the lock could be more than a value in a Dockerfile or a
    /// shell.</exception>
    internal static DockerfileText Generate(AppsLock apps, AssetSource assets, DockerfileOptions? given = null)
    {
        var options = given ?? new DockerfileOptions();
        var stages = new DockerfileStages(apps, assets, options);
        var lines = stages.Write();
        return new DockerfileText
        {
            Steps = DockerfileSteps.Read(lines, apps, options.Release, stages.Rows),
            Files =
            [
                new GeneratedFile("Dockerfile", DockerfileSteps.WithoutMarkers(lines)),
                .. ScriptsFor(apps).Select(s => new GeneratedFile(s, assets.Read($"image/{s}"))),
                .. options.Packages?.For(apps).Write() ?? [],
                .. stages.Surroundings,
            ],
            Private = [.. apps.Sources().Where(stages.IsPrivate)],
            Packed = [.. apps.Sources().Where(a => a.IsFetchedHere)],
        };
    }

    private static IEnumerable<string> ScriptsFor(AppsLock apps) =>
        [
            .. Scripts,
            .. apps.Sources().Any(a => a.IsFetchedHere) ? [PackScript] : Array.Empty<string>(),
            .. apps.Forks is not null ? ["fork.sh"] : Array.Empty<string>(),
        ];
}
