namespace ErpInstaller.HostChecks.Facts;

/// <summary>The host's clock.</summary>
/// <param name="Synchronised">Whether the kernel's clock follows a time source (adjtimex(2)); null: unknown.</param>
/// <param name="Reference">The server that the clock was compared with; null: no server answered.</param>
/// <param name="AheadSeconds">How many seconds this host is ahead of the server; negative: behind.</param>
internal sealed record ClockFact(bool? Synchronised, string? Reference = null, double? AheadSeconds = null) : HostFact;
