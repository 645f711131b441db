using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.HostChecks.Facts;

/// <summary>How the node's docker plugin is set up.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Plugin">Null: the agent's configuration cannot be read, or the agent is not the node's.</param>
/// <param name="HasSelinux">The engine labels containers for SELinux; null: unknown.</param>
internal sealed record NomadPluginFact(string Node, NomadDockerPlugin? Plugin, bool? HasSelinux = null) : HostFact;
