namespace ErpInstaller.HostChecks.Facts;

/// <summary>The host's clock.</summary>
/// <param name="Synchronised">The kernel's clock follows a time source (adjtimex(2)); null: the kernel does not say.</param>
/// <param name="Reference">The server that was asked for the time; null: none answered.</param>
/// <param name="AheadSeconds">By how much this host is ahead of the server; negative when behind.</param>
public sealed record ClockFact(bool? Synchronised, string? Reference = null, double? AheadSeconds = null) : HostFact;
