using ErpInstaller.HostChecks.Checks;

namespace ErpInstaller.HostChecks;

/// <summary>The list of all checks.</summary>
internal static class HostCheckList
{
    /// <summary>All checks, in the order in which a table shows them.</summary>
    public static IReadOnlyList<IHostCheck> InOrder { get; } =
    [
        new CpuCheck(),
        new MemoryCheck(),
        new DiskCheck(),
        new ArchitectureCheck(),
        new ClockCheck(),
        new DockerCheck(),
        new DockerBuilderCheck(),
        new DockerNetworkCheck(),
        new NomadCheck(),
        new NomadNodeCheck(),
        new NomadVolumesCheck(),
        new NomadPluginCheck(),
        new NomadCapacityCheck(),
        new NomadPermissionsCheck(),
        new PortsCheck(),
        new GitCheck(),
    ];
}
