using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Core.Errors;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Run;

namespace ErpInstaller.Image;

/// <summary>
/// Plans the shortest way to the image: it is on this engine, the registry has it, or it must be built.
/// </summary>
internal sealed class ImagePlanner(StepContext context)
{
    private readonly ImageProbe _images = new(context);
    private readonly PackagesFile _packages = new(context.Directory);

    private ImageAnswers Image => context.Answers.Image;

    private AppsLock Lock => context.Earlier<AppsOutputs>().Lock;

    /// <summary>Plans the check of the operator's image, and its pull if it is not on this engine.</summary>
    public async Task<ImagePlan> PlanExistingAsync(CancellationToken cancellation)
    {
        var reference = Image.Reference!;
        var found = await context.World.Docker.FindImageAsync(reference, cancellation);
        return new ImagePlan
        {
            Reference = ImageName.OfExisting(Image, Lock),
            Found = reference,
            Pull = found is null ? [reference] : [],
            Changes = [.. found is null ? [Pulled(reference)] : Array.Empty<PlannedChange>(), Looked(reference)],
            Expected = new ImageOutputs(reference, found?.Id ?? ""),
        };
    }

    /// <summary>Plans the build.</summary>
    public async Task<ImagePlan> PlanAsync(CancellationToken cancellation)
    {
        var reference = ImageName.Of(Image, Lock);
        var expected = new ImageOutputs(reference, "");
        if (Image.Registry.Length > 0 && await _images.FindPushedAsync(reference, cancellation) is { } digest)
        {
            var pushed = $"{ImageReference.Repository(reference)}@{digest}";
            return new ImagePlan
            {
                Reference = reference,
                Found = pushed,
                Pull = [pushed],
                Changes = [Pulled(reference), Looked(reference)],
                Expected = expected,
            };
        }

        var push =
            Image.Registry.Length > 0
                ? [new PlannedChange(ChangeKind.Create, $"{reference} in the registry", "push")]
                : Array.Empty<PlannedChange>();
        return await _images.FindOursAsync(reference, cancellation) is { } found
            ? new ImagePlan
            {
                Reference = reference,
                Found = found.Id,
                Push = push.Length > 0,
                Changes = push,
                Expected = expected,
            }
            : await PlanBuildAsync(reference, push, cancellation) with
            {
                Expected = expected,
            };
    }

    private async Task<ImagePlan> PlanBuildAsync(string reference, PlannedChange[] push, CancellationToken cancellation)
    {
        var bases = new List<string>();
        foreach (var image in new[] { Lock.BuildBase(), Lock.RuntimeBase() })
        {
            if (await context.World.Docker.FindImageAsync(image, cancellation) is null)
            {
                bases.Add(image);
            }
        }

        var (dockerfile, buildx) = await WriteDockerfileAsync(cancellation);
        if (!buildx && dockerfile.Private is [var app, ..])
        {
            throw ImageErrors.PrivateAppNeedsBuildKit(app.Name, context.Answers.Apps.KeyOf(app.Name));
        }

        if (!buildx && new BuildMirrors(Image).Login is { } key)
        {
            throw ImageErrors.LoginNeedsBuildKit(key);
        }

        var packages = await PackageChangesAsync(cancellation);
        var authorities = BuildAuthorities.Read(context);
        var how =
            $"build with {Lock.Apps.Count} apps on {Lock.RuntimeImage}, "
            + $"by {(buildx ? "BuildKit" : "the engine's own builder")}";
        return new ImagePlan
        {
            Reference = reference,
            Build = dockerfile,
            Recorded = _packages.Read()?.For(Lock),
            WithRecord = _packages.IsMadeHere() ? Write(buildx, Recorded()) : null,
            Buildx = buildx,
            Pull = bases,
            Push = push.Length > 0,
            Changes =
            [
                .. bases.Select(Pulled),
                new PlannedChange(ChangeKind.Create, $"image {reference}", how),
                .. authorities.Any
                    ? [new PlannedChange(ChangeKind.Look, "CAs that the build trusts too", authorities.Files)]
                    : Array.Empty<PlannedChange>(),
                .. packages,
                Looked(reference),
                .. push,
            ],
        };
    }

    /// <summary>
    /// Generates the Dockerfile for the builder that the answers and this host allow; also returns whether that is
    /// BuildKit.
    /// </summary>
    public async Task<(DockerfileText Dockerfile, bool Buildx)> WriteDockerfileAsync(CancellationToken cancellation)
    {
        var buildx = await ChooseBuildxAsync(cancellation);
        return (Write(buildx, _packages.IsMadeHere() ? null : Recorded()), buildx);
    }

    // --update-lock ignores the package record.
    private PackagesRecord? Recorded() => context.UpdateLock ? null : _packages.Read()?.For(Lock);

    private DockerfileText Write(bool buildx, PackagesRecord? packages) =>
        DockerfileText.Generate(
            Lock,
            context.Assets,
            new DockerfileOptions
            {
                BuildKit = buildx,
                Release = context.Release,
                Memory = buildx ? context.World.Host.ReadMemory().Free : null,
                Cores = context.World.Host.ReadCpu().Effective,
                Image = Image,
                Authorities = !buildx && BuildAuthorities.Read(context) is { Any: true } found ? found.AsFile : null,
                Packages = packages,
                WantToken = AppLogins.Private(context.Answers.Apps),
            }
        );

    private async Task<IReadOnlyList<PlannedChange>> PackageChangesAsync(CancellationToken cancellation) =>
        _packages.Read() is { } record
            ? [.. FrontEndPackages(record), .. await PythonPackagesAsync(record, cancellation)]
            : [];

    private IEnumerable<PlannedChange> FrontEndPackages(PackagesRecord record)
    {
        var kept = context.UpdateLock ? [] : record.For(Lock).Locks.Keys;
        foreach (var (app, locks) in record.Locks)
        {
            var versions = kept.Contains(app)
                ? "versions of the record"
                : "newest versions, or the builder cache's if no file that yarn reads changed";
            yield return new PlannedChange(
                ChangeKind.Look,
                $"packages of {app}",
                $"{string.Join(", ", locks.Keys)} does not pin all: {versions}"
            );
        }
    }

    private async Task<IReadOnlyList<PlannedChange>> PythonPackagesAsync(
        PackagesRecord record,
        CancellationToken cancellation
    )
    {
        if (record.Python.Count == 0)
        {
            return [];
        }

        var versions = context.UpdateLock
            ? await new NewerPackages(context).DescribeAsync(record, cancellation)
            : $"{record.Python.Count} by the record, newest versions of the others";
        return [new PlannedChange(ChangeKind.Look, "Python packages of the apps", versions)];
    }

    private async Task<bool> ChooseBuildxAsync(CancellationToken cancellation)
    {
        if (Image.Builder == ImageBuilder.Engine)
        {
            return false;
        }

        var there = await context.World.Docker.FindBuildxAsync(cancellation) is not null;
        return there || Image.Builder == ImageBuilder.Auto ? there : throw ImageErrors.BuilderMissing();
    }

    private static PlannedChange Pulled(string reference) =>
        new(ChangeKind.Create, $"image {reference} on this engine", "pull");

    private static PlannedChange Looked(string reference) =>
        new(ChangeKind.Look, $"image {reference}", "import every app in it");
}
