namespace ErpInstaller.Deployment.Jobs;

/// <summary>
/// A mount of a container. A named volume goes by docker's <c>mount</c>: Nomad's <c>volume "docker"</c> does not exist,
/// and <c>volumes = ["name:/path"]</c> is a directory of the allocation that is lost with it.
/// </summary>
/// <param name="Volume">The volume's name; null: memory (tmpfs), for image volumes whose content nobody needs.</param>
/// <param name="Target">Absolute path in the container.</param>
public sealed record JobMount(string? Volume, string Target)
{
    /// <summary>Of a volume that the engine mounts from elsewhere: what Docker's driver <c>local</c> is told; empty: its own disk.</summary>
    public IReadOnlyDictionary<string, string> DriverOptions { get; init; } = new Dictionary<string, string>();
}
