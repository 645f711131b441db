using ErpInstaller.Apps;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Run;

namespace ErpInstaller.Image;

/// <summary>Looks for the image: on the engine, and in the registry when there is one. Changes nothing.</summary>
internal sealed class ImageSurvey(StepContext context)
{
    private readonly RegistryLogins _logins = new(context);

    private IDockerEngine Docker => context.World.Docker;

    private AppsLock Lock => context.Earlier<AppsOutputs>().Lock;

    /// <summary>The image has a name on this engine, and the lock's fingerprint.</summary>
    public async Task<ProbeResult> ProbeEngineAsync(CancellationToken cancellation)
    {
        var reference = ImageName.Of(context.Answers.Image, Lock);
        return await FindOursAsync(reference, cancellation) is { } found
            ? InPlace(reference, found)
            : new ProbeResult.Missing($"no image {reference} of this lock on this engine");
    }

    /// <summary>The registry has an image under that name, and it is the one that was looked into here.</summary>
    public async Task<ProbeResult> ProbeRegistryAsync(CancellationToken cancellation)
    {
        var reference = ImageName.Of(context.Answers.Image, Lock);
        if (await FindPushedAsync(reference, cancellation) is not { } digest)
        {
            return new ProbeResult.Missing($"{reference} is not in the registry");
        }

        return await FindOursAsync(reference, cancellation) is { } found && HasDigest(found, digest)
            ? InPlace($"{ImageReference.Repository(reference)}@{digest}", found)
            : new ProbeResult.Missing($"{reference} is in the registry, and was not looked into here");
    }

    /// <summary>The operator's image is on this engine, and was found to have the apps of this lock.</summary>
    public async Task<ProbeResult> ProbeExistingAsync(CancellationToken cancellation)
    {
        var reference = context.Answers.Image.Reference!;
        if (await Docker.FindImageAsync(reference, cancellation) is not { } found)
        {
            return new ProbeResult.Missing($"no image {reference} on this engine");
        }

        var looked = await Docker.FindImageAsync(ImageName.OfExisting(context.Answers.Image, Lock), cancellation);
        return looked?.Id == found.Id
            ? InPlace(DigestOf(reference, found) ?? reference, found)
            : new ProbeResult.Missing($"{reference} was not checked for the apps yet");
    }

    /// <summary>The image of this lock on this engine by its name; null when it is not there, or of another lock.</summary>
    public async Task<DockerImage?> FindOursAsync(string reference, CancellationToken cancellation) =>
        await Docker.FindImageAsync(reference, cancellation) is { } found && IsOurs(found) ? found : null;

    /// <summary>Digest that the registry has under a reference.</summary>
    public async Task<string?> FindPushedAsync(string reference, CancellationToken cancellation) =>
        await Docker.FindInRegistryAsync(reference, await _logins.ForAsync(reference, cancellation), cancellation);

    /// <summary>Whether an image says that it was made from this lock.</summary>
    public bool IsOurs(DockerImage image) =>
        image.Labels.GetValueOrDefault(ImageLabels.Fingerprint) == Lock.Fingerprint();

    private static bool HasDigest(DockerImage image, string digest) =>
        image.Digests.Any(d => d.EndsWith("@" + digest, StringComparison.Ordinal));

    private static ProbeResult.InPlace InPlace(string reference, DockerImage found) =>
        new(new ImageOutputs(reference, found.Id), $"{reference}, {found.SizeBytes / 1_000_000} MB");

    // What its registry calls it: the same on every Nomad client, whatever the tag comes to mean.
    private static string? DigestOf(string reference, DockerImage found) =>
        reference.Contains('@', StringComparison.Ordinal)
            ? reference
            : found.Digests.FirstOrDefault(d =>
                d.StartsWith(
                    ImageReference.Familiar(ImageReference.Repository(reference)) + "@",
                    StringComparison.Ordinal
                )
            );
}
