using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;

namespace ErpInstaller.Image;

/// <summary>
/// Builds the image with all apps of the lock, checks its content, and pushes it if there is a registry. The image is
/// tagged only after the check, so an image with the tag has all apps.
/// </summary>
internal sealed class ImageStep : Step<ImagePlan>, IExportsFiles
{
    /// <inheritdoc/>
    public override string Id => StepId.Image;

    /// <inheritdoc/>
    public override StepInputs Inputs(StepSettings settings) =>
        new StepInputs().Add(settings.Answers, "image.source", "image.reference", "image.name", "image.registry");

    /// <inheritdoc/>
    public override Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation)
    {
        var images = new ImageProbe(context);
        return context.Answers.Image switch
        {
            { Source: ImageSource.Existing } => images.ProbeExistingAsync(cancellation),
            { Registry.Length: > 0 } => images.ProbeRegistryAsync(cancellation),
            _ => images.ProbeEngineAsync(cancellation),
        };
    }

    /// <inheritdoc/>
    public override Task<ImagePlan> PlanAsync(StepContext context, CancellationToken cancellation)
    {
        var planner = new ImagePlanner(context);
        return context.Answers.Image.Source == ImageSource.Existing
            ? planner.PlanExistingAsync(cancellation)
            : planner.PlanAsync(cancellation);
    }

    /// <inheritdoc/>
    public override async Task RunAsync(ImagePlan plan, StepContext context, CancellationToken cancellation)
    {
        var deadline = TimeSpan.FromMinutes(context.Answers.Deadlines.Image);
        using var timer = new CancellationTokenSource(deadline, context.World.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timer.Token);
        try
        {
            await new ImageMaker(plan, context).MakeAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw RunErrors.StepTimedOut($"{plan.Reference} is not ready yet", "deadlines.image", deadline);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<GeneratedFile>> ExportAsync(StepContext context, CancellationToken cancellation)
    {
        if (context.Answers.Image.Source == ImageSource.Existing)
        {
            return [];
        }

        var (dockerfile, _) = await new ImagePlanner(context).WriteDockerfileAsync(cancellation);
        return [.. dockerfile.Files.Select(f => f with { Path = $"image/{f.Path}" })];
    }
}
