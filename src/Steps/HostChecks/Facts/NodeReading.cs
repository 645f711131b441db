namespace ErpInstaller.HostChecks.Facts;

/// <summary>A node as <c>GET /v1/node/:id</c> describes it.</summary>
/// <param name="Status">ready, down, initializing, disconnected.</param>
/// <param name="Eligibility">eligible or ineligible.</param>
/// <param name="Draining">Its allocations are being moved away.</param>
/// <param name="HostName">Attribute <c>unique.hostname</c>.</param>
/// <param name="Address">Attribute <c>unique.network.ip-address</c>: static ports are published here.</param>
/// <param name="DockerDetected">The docker driver found an engine.</param>
/// <param name="DockerHealthy">The engine works.</param>
/// <param name="DockerSays">The driver's health description.</param>
internal sealed record NodeReading(
    string Id,
    string Name,
    string Status,
    string Eligibility,
    bool Draining,
    string? HostName,
    string? Address,
    bool DockerDetected,
    bool DockerHealthy,
    string? DockerSays
);
