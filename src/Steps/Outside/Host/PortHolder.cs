namespace ErpInstaller.Outside.Host;

/// <summary>A socket that holds a port.</summary>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
/// <param name="Address">The address it is bound to; <c>0.0.0.0</c> and <c>::</c> mean all.</param>
/// <param name="Port">The port.</param>
/// <param name="UserId">Who opened it.</param>
/// <param name="ProcessId">The process that has it, the first one when several share it; null: it may not be seen.</param>
/// <param name="Program">That process's name.</param>
public sealed record PortHolder(
    string Protocol,
    string Address,
    int Port,
    long UserId,
    int? ProcessId = null,
    string? Program = null
);
