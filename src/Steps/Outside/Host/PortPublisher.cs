namespace ErpInstaller.Outside.Host;

/// <summary>A container that publishes a port on this host.</summary>
/// <param name="Container">Its name.</param>
/// <param name="Image">Its image.</param>
/// <param name="Port">The host's port.</param>
/// <param name="Ours">True when it belongs to this installation's job.</param>
internal sealed record PortPublisher(string Container, string Image, int Port, bool Ours);
