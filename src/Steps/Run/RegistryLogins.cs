using ErpInstaller.Outside.Docker;

namespace ErpInstaller.Run;

/// <summary>
/// The logins at registries: from the answers for their registry, from Docker's configuration for all others.
/// </summary>
internal sealed class RegistryLogins(StepContext context)
{
    /// <summary>The login for a reference's registry; null: none, which is enough for public images.</summary>
    public async Task<RegistryLogin?> ForAsync(string reference, CancellationToken cancellation)
    {
        if (context.World.IsRehearsal)
        {
            return null;
        }

        var registry = ImageReference.Registry(reference);
        var image = context.Answers.Image;
        var own = ImageReference.Registry(image.Registry.Length > 0 ? image.Registry + "/" : image.Reference ?? "");
        if (registry == own && image is { Username: { } user, Password: { } password })
        {
            return new RegistryLogin(registry, user, context.Secrets.Resolve(password, "image.password"));
        }

        var known = await DockerConfiguration.Default.FindLoginAsync(registry, cancellation);
        if (known is not null)
        {
            context.Secrets.Register(known.Password);
        }

        return known;
    }
}
