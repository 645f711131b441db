namespace ErpInstaller.Outside.Nomad;

/// <summary>An answer with the index to wait from.</summary>
/// <param name="Value">Null when there is no such thing.</param>
/// <param name="Index">The X-Nomad-Index.</param>
public sealed record NomadAnswer<T>(T? Value, long Index)
    where T : class;
