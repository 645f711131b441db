namespace ErpInstaller.Outside.Nomad;

/// <summary>
/// A piece of a task's log: <c>GET /v1/client/fs/logs/:alloc</c> answers with such objects, one after the other. Without
/// data it only says that the connection lives.
/// </summary>
public sealed record NomadLogFrame
{
    /// <summary>Bytes of the log; in JSON they are base64.</summary>
    public byte[]? Data { get; init; }
}
