using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Docker;
using ErpInstaller.Engine;

namespace ErpInstaller.Images;

/// <summary>Builds the image with all apps from the lock, looks into it, and pushes it when there is a registry.</summary>
public sealed class ImageStep : Step<ImagePlan>, IExportsFiles
{
    /// <inheritdoc/>
    public override string Id => StepId.Image;

    /// <inheritdoc/>
    public override StepInputs Inputs(StepSettings settings)
    {
        var image = settings.Answers.Image;
        return new StepInputs()
            .Add("image", [$"{image.Source}", $"{image.Reference}", image.Name, image.Registry])
            .AddOutput(StepId.Apps, AppsOutputs.Fingerprint);
    }

    /// <inheritdoc/>
    public override async Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation)
    {
        var reference = ReferenceOf(context);
        var found = await context.World.Docker.FindImageAsync(reference, cancellation);
        if (found is null)
        {
            return new ProbeResult.Missing($"no image {reference} on this engine");
        }

        if (context.Answers.Image.Source == ImageSource.Existing)
        {
            var fault = await ContentFaultAsync(reference, context, cancellation);
            return fault is null ? InPlace(reference, found) : new ProbeResult.Missing($"{reference}: {fault}");
        }

        if (found.Labels.GetValueOrDefault(ImageLabels.Fingerprint) != LockOf(context).Fingerprint())
        {
            return new ProbeResult.Missing($"{reference} was made from another lock");
        }

        return NeedsPush(context) && DigestOf(reference, found) is null
            ? new ProbeResult.Missing($"{reference} was not pushed yet")
            : InPlace(reference, found);
    }

    /// <inheritdoc/>
    public override async Task<ImagePlan> PlanAsync(StepContext context, CancellationToken cancellation)
    {
        RefuseBuildx(context.Answers.Image);
        var reference = ReferenceOf(context);
        var found = await context.World.Docker.FindImageAsync(reference, cancellation);
        return context.Answers.Image.Source == ImageSource.Existing
            ? PlanExisting(reference, found)
            : PlanBuild(reference, found, context);
    }

    /// <inheritdoc/>
    public override async Task RunAsync(ImagePlan plan, StepContext context, CancellationToken cancellation)
    {
        if (plan.Dockerfile is { } dockerfile)
        {
            await WithDeadlineAsync(context, stop => BuildAsync(plan.Reference, dockerfile, context, stop), cancellation);
        }
        else if (context.Answers.Image.Source == ImageSource.Existing && await context.World.Docker.FindImageAsync(plan.Reference, cancellation) is null)
        {
            await context.World.Docker.PullAsync(plan.Reference, LoginOf(context), line => context.Report.Log(line, LogLevel.Output), cancellation);
        }

        context.Report.Progress("looking into the image");
        if (await ContentFaultAsync(plan.Reference, context, cancellation) is { } fault)
        {
            throw new ImageContentWrong(plan.Reference, fault, "Does the app's repository hold that app at this ref? Look at the lock file and at build.log in the state directory.");
        }

        if (plan.Push)
        {
            context.Report.Progress($"pushing to {context.Answers.Image.Registry}");
            await context.World.Docker.PushAsync(plan.Reference, LoginOf(context), line => context.Report.Log(line, LogLevel.Output), cancellation);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<GeneratedFile>> ExportAsync(StepContext context, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<GeneratedFile>>(
        context.Answers.Image.Source == ImageSource.Existing
            ? []
            : [new GeneratedFile("image/Dockerfile", DockerfileText.Generate(LockOf(context), context.Assets).Text + LabelLines(LockOf(context)))]);

    private static ImagePlan PlanExisting(string reference, DockerImage? found) => new()
    {
        Reference = reference,
        Changes = found is null ? [new PlannedChange(ChangeKind.Create, $"image {reference}", "pull")] : [new PlannedChange(ChangeKind.Look, $"image {reference}", "its apps")],
        Expected = new ImageOutputs(reference, found?.Id ?? ""),
    };

    private static ImagePlan PlanBuild(string reference, DockerImage? found, StepContext context)
    {
        var apps = LockOf(context);
        var build = found?.Labels.GetValueOrDefault(ImageLabels.Fingerprint) != apps.Fingerprint();
        var changes = new List<PlannedChange>();
        if (build)
        {
            changes.Add(new PlannedChange(ChangeKind.Create, $"image {reference}", $"build with {apps.Apps.Count} apps on {apps.RuntimeImage}"));
        }

        if (NeedsPush(context))
        {
            changes.Add(new PlannedChange(ChangeKind.Create, $"{reference} in the registry", "push"));
        }

        return new ImagePlan
        {
            Reference = reference,
            Dockerfile = build ? DockerfileText.Generate(apps, context.Assets) : null,
            Push = NeedsPush(context),
            Changes = changes,
            Expected = new ImageOutputs(reference, found?.Id ?? ""),
        };
    }

    private static async Task BuildAsync(string reference, DockerfileText dockerfile, StepContext context, CancellationToken cancellation)
    {
        Directory.CreateDirectory(context.Directory.Generated);
        AtomicFile.Write(Path.Combine(context.Directory.Generated, "Dockerfile"), dockerfile.Text);
        using var log = new BuildLog(context, dockerfile);
        try
        {
            await context.World.Docker.BuildAsync(new ImageBuild(reference, dockerfile.Text, ImageLabels.Of(LockOf(context))), log.Add, cancellation);
        }
        catch (EngineRefused e)
        {
            throw BuildFailed.From(log.Doing, log.Lines, e);
        }
    }

    private static async Task WithDeadlineAsync(StepContext context, Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        var deadline = TimeSpan.FromMinutes(context.Answers.Deadlines.Image);
        using var timer = new CancellationTokenSource(deadline, context.World.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timer.Token);
        try
        {
            await work(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new StepTimedOut("The image is not built yet", "deadlines.image", deadline);
        }
    }

    private static Task<string?> ContentFaultAsync(string reference, StepContext context, CancellationToken cancellation) =>
        new ImageContent(context.World.Docker).FirstFaultAsync(reference, ["frappe", "erpnext", .. LockOf(context).Apps.Select(a => a.Name)], cancellation);

    private static ProbeResult.InPlace InPlace(string reference, DockerImage found) =>
        new(new ImageOutputs(DigestOf(reference, found) ?? reference, found.Id), $"{reference}, {found.SizeBytes / 1_000_000} MB");

    // What the registry calls it, once it was pushed there (or pulled from there).
    private static string? DigestOf(string reference, DockerImage found) =>
        reference.Contains('@', StringComparison.Ordinal) ? reference
        : found.Digests.FirstOrDefault(d => d.StartsWith(ImageName.Repository(reference) + "@", StringComparison.Ordinal));

    private static string ReferenceOf(StepContext context) => context.Answers.Image is { Source: ImageSource.Existing, Reference: { } existing }
        ? existing
        : ImageName.Of(context.Answers.Image, LockOf(context));

    private static bool NeedsPush(StepContext context) => context.Answers.Image is { Source: ImageSource.Build, Registry.Length: > 0 };

    private static AppsLock LockOf(StepContext context) => context.Earlier<AppsOutputs>().Lock;

    private static RegistryLogin? LoginOf(StepContext context) => context.Answers.Image is { Username: { } user, Password: { } password } image
        ? new RegistryLogin(ImageName.RegistryHost(image.Registry), user, context.Secrets.Resolve(password, "image.password"))
        : null;

    private static string LabelLines(AppsLock apps) =>
        string.Concat(ImageLabels.Of(apps).Select(l => $"LABEL {l.Key}=\"{l.Value}\"\n"));

    private static void RefuseBuildx(ImageAnswers answers)
    {
        if (answers is { Source: ImageSource.Build, Builder: ImageBuilder.Buildx })
        {
            throw new BuilderMissing();
        }
    }
}
