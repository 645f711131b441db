using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Core.Errors;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Run;

namespace ErpInstaller.Image;

/// <summary>Carries out a plan: pull, build, check, tag, push.</summary>
internal sealed class ImageMaker(ImagePlan plan, StepContext context)
{
    // The step's progress at the end of each part.
    private const double Pulled = 0.1;
    private const double Built = 0.8;
    private const double Looked = 0.85;

    // Pauses between attempts after a registry broke the connection.
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(2),
        TimeSpan.FromSeconds(8),
        TimeSpan.FromSeconds(25),
    ];

    private readonly RegistryLogins _logins = new(context);
    private readonly ImageProbe _images = new(context);
    private readonly PackagesFile _packages = new(context.Directory);

    private IDockerEngine Docker => context.World.Docker;

    private AppsLock Lock => context.Earlier<AppsOutputs>().Lock;

    /// <summary>Carries out the plan.</summary>
    public async Task MakeAsync(CancellationToken cancellation)
    {
        foreach (var reference in plan.Pull)
        {
            await PullAsync(reference, cancellation);
        }

        var image = plan.Build is { } dockerfile ? await BuildAsync(dockerfile, cancellation) : plan.Found!;
        if (plan.Build is not null)
        {
            image = await SettlePackagesAsync(image, cancellation);
        }
        else if (context.Answers.Image.Source == ImageSource.Build && _packages.Read() is null)
        {
            await TakeRecordAsync(image, cancellation);
        }

        await LookAsync(image, cancellation);
        await Docker.TagAsync(image, plan.Reference, cancellation);
        if (plan.Push)
        {
            await PushAsync(cancellation);
        }
        else if (context.Answers.Image is { Source: ImageSource.Build, Registry: "" })
        {
            context.Report.Log(
                "The image is on this engine only. Nomad removes images that no container uses: "
                    + "set gc { image = false } in the docker plugin's configuration, or image.registry in the answers."
            );
        }
    }

    private async Task PullAsync(string reference, CancellationToken cancellation)
    {
        context.Report.Log($"pulling {reference}");
        var login = await _logins.ForAsync(reference, cancellation);
        var shown = ImageReference.Tag(reference) is null ? reference : reference.Split('@')[0];
        await Docker.PullAsync(
            reference,
            login,
            new TransferReport(context.Report, $"pulling {shown}", 0, Pulled).Add,
            cancellation
        );
    }

    private async Task<string> BuildAsync(DockerfileText dockerfile, CancellationToken cancellation)
    {
        context.Directory.WriteGenerated(dockerfile.Files);
        context.Report.Log($"building {plan.Reference} by {(plan.Buildx ? "BuildKit" : "the engine's own builder")}");
        var build = await new BuildInputs(context, dockerfile).GatherAsync(plan.Buildx, cancellation);
        using var log = new BuildLog(context, dockerfile, plan.Pull.Count > 0 ? Pulled : 0, Built, plan.Buildx);
        try
        {
            return await Docker.BuildAsync(build, log.Add, cancellation);
        }
        catch (BuildStopped e)
        {
            var failed = log.Explain(e);
            throw failed.Fault == BuildFault.DiskFull ? await WithDiskAsync(failed, cancellation) : failed;
        }
    }

    // Usually the builder's cache has the packages of the record. If the cache was cleared, the build chose others:
    // then build again with the record.
    private async Task<string> SettlePackagesAsync(string image, CancellationToken cancellation)
    {
        var json = await PackagesInAsync(image, cancellation);
        if (PackagesRecord.Parse(json) is not { } chosen)
        {
            return image;
        }

        if (plan.Recorded is { } recorded && recorded.MovedTo(chosen) is [_, ..] moved)
        {
            if (plan.WithRecord is { } again && !context.UpdateLock)
            {
                context.Report.Log(
                    $"building again with the packages of the record: {string.Join(", ", moved.Take(5))}"
                );
                image = await BuildAsync(again, cancellation);
                json = await PackagesInAsync(image, cancellation);
            }
            else
            {
                context.Report.Log($"packages whose version changed: {string.Join(", ", moved)}");
            }
        }

        foreach (var app in chosen.Locks.Keys)
        {
            context.Report.Log(
                $"{app}: its yarn.lock does not pin all packages; the chosen versions are in apps.packages.json"
            );
        }

        _packages.Write(json);
        return image;
    }

    // The record of an image from the registry, so that a build on this host uses the same packages.
    private async Task TakeRecordAsync(string image, CancellationToken cancellation)
    {
        var json = await PackagesInAsync(image, cancellation);
        if (PackagesRecord.Parse(json) is not null)
        {
            _packages.Take(json);
        }
    }

    private async Task<string> PackagesInAsync(string image, CancellationToken cancellation) =>
        (await Docker.RunAsync(image, ["cat", "/home/frappe/packages.json"], proxies: null, cancellation)).Output;

    private async Task<BuildFailed> WithDiskAsync(BuildFailed failed, CancellationToken cancellation)
    {
        try
        {
            return failed.With(await Docker.DescribeDiskAsync(cancellation));
        }
        catch (DockerUnreachable)
        {
            // A full disk can stop the engine too; the original error is still the one to report.
            return failed;
        }
    }

    private async Task LookAsync(string image, CancellationToken cancellation)
    {
        context.Report.Progress("checking the image", Built);
        var existing = context.Answers.Image.Source == ImageSource.Existing;
        var name = existing ? image : plan.Reference;
        var found = await Docker.FindImageAsync(image, cancellation)
            ?? throw ImageErrors.ContentWrong(name, "it is no longer on this engine", "Run the same command again.");
        if (!existing && !_images.IsOurs(found))
        {
            throw ImageErrors.ContentWrong(
                name,
                "it was not made from this lock",
                "Remove it from the registry, or choose another image.name."
            );
        }

        var fault = await new ImageContent(Docker, context.Assets).FirstFaultAsync(
            found.Id,
            ["frappe", "erpnext", .. Lock.Apps.Select(a => a.Name)],
            cancellation
        );
        if (fault is not null)
        {
            throw ImageErrors.ContentWrong(
                name,
                fault,
                existing
                    ? "Build it with all apps of apps.install, or remove the missing ones from apps.install."
                    : $"Check the app's ref in {context.Directory.AppsLock} and {context.Directory.In("build.log")}"
            );
        }
    }

    private async Task PushAsync(CancellationToken cancellation)
    {
        context.Report.Log($"pushing {plan.Reference}");
        var login = await _logins.ForAsync(plan.Reference, cancellation);
        var report = new TransferReport(context.Report, $"pushing to {context.Answers.Image.Registry}", Looked, 1);
        var sent = await PushAsync(login, report, cancellation);

        // Read the digest back from the registry, because Nomad pulls from there.
        var read = await _images.FindPushedAsync(plan.Reference, cancellation);
        context.Report.Log(
            read == sent ? $"the registry has {read}" : $"pushed {sent}, the registry has {read ?? "nothing"}"
        );
    }

    // The registry keeps complete layers; another attempt sends only the others.
    private async Task<string> PushAsync(RegistryLogin? login, TransferReport report, CancellationToken cancellation)
    {
        foreach (var pause in Pauses)
        {
            try
            {
                return await Docker.PushAsync(plan.Reference, login, report.Add, cancellation);
            }
            catch (RegistryFailed e) when (e.Fault == RegistryFault.Unreachable)
            {
                context.Report.Log($"{e.Message}: pushing again in {pause.TotalSeconds:0} s", LogLevel.Warning);
                await Task.Delay(pause, context.World.Time, cancellation);
            }
        }

        return await Docker.PushAsync(plan.Reference, login, report.Add, cancellation);
    }
}
