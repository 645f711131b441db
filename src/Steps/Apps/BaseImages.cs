using ErpInstaller.Answers;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Run;

namespace ErpInstaller.Apps;

/// <summary>Finds what registries call the images that a release is based on, so that a tag that moves changes nothing.</summary>
internal sealed class BaseImages(StepContext context)
{
    /// <summary>
    /// The digest of a base image. An image that is here counts before its registry, unless the lock is to be updated;
    /// one that was loaded from a file has no digest.
    /// </summary>
    /// <returns><c>sha256:…</c>; empty when there is none, which the log then tells.</returns>
    /// <exception cref="RegistryFailed">It is not here, and its registry does not answer.</exception>
    public async Task<string> FindDigestAsync(string reference, CancellationToken cancellation)
    {
        if (context.Answers.Image.Source == ImageSource.Existing)
        {
            return "";
        }

        try
        {
            var digest = await FindAsync(reference, cancellation);
            return digest.Length > 0 ? digest : Unpinned(reference, "no registry has given it");
        }
        catch (DockerUnreachable e)
        {
            // A plan or an export may be made on a host without an engine.
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
            context.Report.Log($"{e.Message}: the image on this engine is kept", LogLevel.Warning);
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
