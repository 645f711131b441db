using System.Text.Json.Serialization;
using ErpInstaller.Core.Ids;

namespace ErpInstaller.HostChecks.Facts;

/// <summary>
/// The measurements of one check: plain data, so that a host can be captured as JSON on one machine and judged on
/// another. Each derived record belongs to the check whose id is its JSON discriminator.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "check")]
[JsonDerivedType(typeof(CpuFact), CheckId.Cpu)]
[JsonDerivedType(typeof(MemoryFact), CheckId.Memory)]
[JsonDerivedType(typeof(DiskFact), CheckId.Disk)]
[JsonDerivedType(typeof(DockerFact), CheckId.Docker)]
[JsonDerivedType(typeof(DockerBuilderFact), CheckId.DockerBuilder)]
[JsonDerivedType(typeof(DockerNetworkFact), CheckId.DockerNetwork)]
[JsonDerivedType(typeof(NomadFact), CheckId.Nomad)]
[JsonDerivedType(typeof(NomadNodeFact), CheckId.NomadNode)]
[JsonDerivedType(typeof(NomadVolumesFact), CheckId.NomadVolumes)]
[JsonDerivedType(typeof(NomadPluginFact), CheckId.NomadPlugin)]
[JsonDerivedType(typeof(NomadCapacityFact), CheckId.NomadCapacity)]
[JsonDerivedType(typeof(NomadPermissionsFact), CheckId.NomadPermissions)]
[JsonDerivedType(typeof(PortsFact), CheckId.Ports)]
[JsonDerivedType(typeof(ArchitectureFact), CheckId.Architecture)]
[JsonDerivedType(typeof(GitFact), CheckId.Git)]
[JsonDerivedType(typeof(ClockFact), CheckId.Clock)]
public abstract record HostFact;
