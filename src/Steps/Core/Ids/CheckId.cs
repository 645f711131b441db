namespace ErpInstaller.Core.Ids;

/// <summary>The ids of the host checks in <c>[host.accept]</c>, tables and facts. They never change.</summary>
internal static class CheckId
{
    public const string Cpu = "cpu";
    public const string Memory = "memory";
    public const string Disk = "disk";
    public const string Docker = "docker";
    public const string DockerBuilder = "docker-builder";
    public const string DockerNetwork = "docker-network";
    public const string Nomad = "nomad";
    public const string NomadNode = "nomad-node";
    public const string NomadVolumes = "nomad-volumes";
    public const string NomadPlugin = "nomad-plugin";
    public const string NomadCapacity = "nomad-capacity";
    public const string NomadPermissions = "nomad-permissions";
    public const string Ports = "ports";
    public const string Architecture = "architecture";
    public const string Git = "git";
    public const string Clock = "clock";

    /// <summary>All of them, in the order in which a table shows them.</summary>
    public static IReadOnlyList<string> InOrder { get; } =
    [
        Cpu,
        Memory,
        Disk,
        Architecture,
        Clock,
        Docker,
        DockerBuilder,
        DockerNetwork,
        Nomad,
        NomadNode,
        NomadVolumes,
        NomadPlugin,
        NomadCapacity,
        NomadPermissions,
        Ports,
        Git,
    ];
}
