namespace ErpInstaller.Deployment.Jobs;

/// <summary>A service of the provider <c>nomad</c> (the default, consul, needs Consul).</summary>
/// <param name="Port">Label of the port.</param>
/// <param name="Tags">What Traefik reads.</param>
public sealed record JobService(string Name, string Port, IReadOnlyList<string> Tags)
{
    /// <summary>Which address is entered, for example <c>host</c>: the node's; null: Nomad decides.</summary>
    public string? AddressMode { get; init; }
}
