namespace ErpInstaller.Deployment.Jobs;

/// <summary>A port of the node that leads into the container.</summary>
/// <param name="Static">The node's port; null: Nomad chooses one.</param>
/// <param name="To">The container's port.</param>
public sealed record JobPort(string Label, int? Static, int To);
