namespace ErpInstaller.Outside.Host;

/// <summary>A socket that holds a port.</summary>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
/// <param name="Address">The address that it is bound to; <c>0.0.0.0</c> and <c>::</c> mean all.</param>
/// <param name="Port">The port.</param>
/// <param name="UserId">The uid that opened it.</param>
/// <param name="ProcessId">The first process that has it open; null: this user may not see it.</param>
/// <param name="Program">That process's name.</param>
public sealed record PortHolder(
    string Protocol,
    string Address,
    int Port,
    long UserId,
    int? ProcessId = null,
    string? Program = null
);
