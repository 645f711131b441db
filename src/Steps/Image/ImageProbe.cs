using ErpInstaller.Apps;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Run;

namespace ErpInstaller.Image;

/// <summary>Probes for the image: on the engine, and in the registry if there is one.</summary>
internal sealed class ImageProbe(StepContext context)
{
    private readonly RegistryLogins _logins = new(context);

    private IDockerEngine Docker => context.World.Docker;

    private AppsLock Lock => context.Earlier<AppsOutputs>().Lock;

    /// <summary>Probes for an image with the name and the lock's fingerprint on this engine.</summary>
    public async Task<ProbeResult> ProbeEngineAsync(CancellationToken cancellation)
    {
        var reference = ImageName.Of(context.Answers.Image, Lock);
        return await FindOursAsync(reference, cancellation) is { } found
            ? InPlace(reference, found)
            : new ProbeResult.Missing($"this engine has no image {reference} of this apps lock");
    }

    /// <summary>Probes for the image in the registry; it must be the one that was checked on this host.</summary>
    public async Task<ProbeResult> ProbeRegistryAsync(CancellationToken cancellation)
    {
        var reference = ImageName.Of(context.Answers.Image, Lock);
        if (await FindPushedAsync(reference, cancellation) is not { } digest)
        {
            return new ProbeResult.Missing($"{reference} is not in the registry");
        }

        return await FindOursAsync(reference, cancellation) is { } found && HasDigest(found, digest)
            ? InPlace($"{ImageReference.Repository(reference)}@{digest}", found)
            : new ProbeResult.Missing($"{reference} is in the registry, but was not checked on this host");
    }

    /// <summary>
    /// Probes for the operator's image on this engine; it must have been checked for the apps of this lock.
    /// </summary>
    public async Task<ProbeResult> ProbeExistingAsync(CancellationToken cancellation)
    {
        var reference = context.Answers.Image.Reference!;
        if (await Docker.FindImageAsync(reference, cancellation) is not { } found)
        {
            return new ProbeResult.Missing($"this engine has no image {reference}");
        }

        var looked = await Docker.FindImageAsync(ImageName.OfExisting(context.Answers.Image, Lock), cancellation);
        return looked?.Id == found.Id
            ? InPlace(DigestOf(reference, found) ?? reference, found)
            : new ProbeResult.Missing($"{reference} was not yet checked for the apps");
    }

    /// <summary>
    /// Finds the image on this engine by name; null when it does not exist or was built from another lock.
    /// </summary>
    public async Task<DockerImage?> FindOursAsync(string reference, CancellationToken cancellation) =>
        await Docker.FindImageAsync(reference, cancellation) is { } found && IsOurs(found) ? found : null;

    /// <summary>Finds the digest of a reference in the registry.</summary>
    public async Task<string?> FindPushedAsync(string reference, CancellationToken cancellation) =>
        await Docker.FindInRegistryAsync(reference, await _logins.ForAsync(reference, cancellation), cancellation);

    /// <summary>True when an image's labels say that it was built from this lock.</summary>
    public bool IsOurs(DockerImage image) =>
        image.Labels.GetValueOrDefault(ImageLabels.Fingerprint) == Lock.Fingerprint();

    private static bool HasDigest(DockerImage image, string digest) =>
        image.Digests.Any(d => d.EndsWith("@" + digest, StringComparison.Ordinal));

    private static ProbeResult.InPlace InPlace(string reference, DockerImage found) =>
        new(new ImageOutputs(reference, found.Id), $"{reference}, {found.SizeBytes / 1_000_000} MB");

    // The digest is the same on every Nomad client, even if the tag moves.
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
