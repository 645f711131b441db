namespace ErpInstaller.HostChecks.Facts;

/// <summary>The Nomad that the answers name.</summary>
/// <param name="Address">Where it is asked.</param>
/// <param name="Version">The agent's version, for example <c>1.10.5</c>; null: it does not say.</param>
/// <param name="Leader">The servers' leader; null: they have none.</param>
/// <param name="Problem">Why it does not answer, or not this token.</param>
/// <param name="Hint">What to do about that.</param>
public sealed record NomadFact(
    string Address,
    string? Version = null,
    string? Leader = null,
    string? Problem = null,
    string? Hint = null
) : HostFact;
