using ErpInstaller.Answers;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Run;

namespace ErpInstaller.Apps;

/// <summary>Finds the digests of a release's base images, so that a moved tag changes nothing.</summary>
internal sealed class BaseImages(StepContext context)
{
    /// <summary>
    /// Finds the digest of a base image. An image on this engine takes precedence over its registry, unless the apps
    /// lock is updated. An image that was loaded from a file has no digest.
    /// </summary>
    /// <returns><c>sha256:…</c>; empty when there is none, with a line in the log.</returns>
    /// <exception cref="RegistryFailed">The image is not on this engine, and its registry does not answer.</exception>
    public async Task<string> FindDigestAsync(string reference, CancellationToken cancellation)
    {
        if (context.Answers.Image.Source == ImageSource.Existing)
        {
            return "";
        }

        try
        {
            var digest = await FindAsync(reference, cancellation);
            return digest.Length > 0 ? digest : Unpinned(reference, "it was not pulled from a registry");
        }
        catch (DockerUnreachable e)
        {
            // plan and export also work on a host without a Docker engine.
            return Unpinned(reference, e.Message);
        }
    }

    private async Task<string> FindAsync(string reference, CancellationToken cancellation)
    {
        var here = await context.World.Docker.FindImageAsync(reference, cancellation);
        if (here is not null && !context.UpdateLock)
        {
            return DigestOf(here, reference);
        }

        try
        {
            var login = await new RegistryLogins(context).ForAsync(reference, cancellation);
            return await context.World.Docker.FindInRegistryAsync(reference, login, cancellation)
                ?? (here is null ? "" : DigestOf(here, reference));
        }
        catch (RegistryFailed e) when (here is not null)
        {
            context.Report.Log($"{e.Message}: keeping the image on this engine", LogLevel.Warning);
            return DigestOf(here, reference);
        }
    }

    private string Unpinned(string reference, string why)
    {
        context.Report.Log($"{reference} is not pinned to a digest: {why}");
        return "";
    }

    private static string DigestOf(DockerImage image, string reference)
    {
        var repository = ImageReference.Familiar(ImageReference.Repository(reference)) + "@";
        var found = image.Digests.FirstOrDefault(d => d.StartsWith(repository, StringComparison.Ordinal));
        return found is null ? "" : found[repository.Length..];
    }
}
