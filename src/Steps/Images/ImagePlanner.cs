using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Docker;
using ErpInstaller.Engine;

namespace ErpInstaller.Images;

/// <summary>Finds the shortest way to the image: it is here, the registry has it, or it must be built.</summary>
internal sealed class ImagePlanner(StepContext context)
{
    private readonly ImageSurvey _images = new(context);

    private ImageAnswers Image => context.Answers.Image;

    private AppsLock Lock => context.Earlier<AppsOutputs>().Lock;

    /// <summary>The operator's image is looked into, and pulled before if it is not here.</summary>
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

    /// <summary>As the answers want it built.</summary>
    public async Task<ImagePlan> PlanAsync(CancellationToken cancellation)
    {
        var reference = ImageName.Of(Image, Lock);
        var expected = new ImageOutputs(reference, "");
        if (Image.Registry.Length > 0 && await _images.FindPushedAsync(reference, cancellation) is { } digest)
        {
            var pushed = $"{ImageReference.Repository(reference)}@{digest}";
            return new ImagePlan
            {
                Reference = reference, Found = pushed, Pull = [pushed],
                Changes = [Pulled(reference), Looked(reference)], Expected = expected,
            };
        }

        var push = Image.Registry.Length > 0 ? [new PlannedChange(ChangeKind.Create, $"{reference} in the registry", "push")] : Array.Empty<PlannedChange>();
        return await _images.FindOursAsync(reference, cancellation) is { } found
            ? new ImagePlan { Reference = reference, Found = found.Id, Push = push.Length > 0, Changes = push, Expected = expected }
            : await PlanBuildAsync(reference, push, cancellation) with { Expected = expected };
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

        var dockerfile = DockerfileText.Generate(Lock, context.Assets, AppLogins.Private(context.Answers.Apps));
        var buildx = await ChooseBuildxAsync(cancellation);
        if (!buildx && dockerfile.Private is [var app, ..])
        {
            throw AppSourceRefused.NeedsBuildKit(app.Name);
        }

        var how = $"build with {Lock.Apps.Count} apps on {Lock.RuntimeImage}, by {(buildx ? "BuildKit" : "the engine's own builder")}";
        return new ImagePlan
        {
            Reference = reference,
            Build = dockerfile,
            Buildx = buildx,
            Pull = bases,
            Push = push.Length > 0,
            Changes = [.. bases.Select(Pulled), new PlannedChange(ChangeKind.Create, $"image {reference}", how), Looked(reference), .. push],
        };
    }

    private async Task<bool> ChooseBuildxAsync(CancellationToken cancellation)
    {
        if (Image.Builder == ImageBuilder.Engine)
        {
            return false;
        }

        var there = await context.World.Docker.FindBuildxAsync(cancellation) is not null;
        return there || Image.Builder == ImageBuilder.Auto ? there : throw new BuilderMissing();
    }

    private static PlannedChange Pulled(string reference) => new(ChangeKind.Create, $"image {reference} on this engine", "pull");

    private static PlannedChange Looked(string reference) => new(ChangeKind.Look, $"image {reference}", "import every app in it");
}
