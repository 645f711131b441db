namespace ErpInstaller.HostChecks.Facts;

/// <summary>The Nomad that the answers name.</summary>
/// <param name="Address">Its HTTP API.</param>
/// <param name="Version">The agent's version, for example <c>1.10.5</c>; null: unknown.</param>
/// <param name="Leader">The servers' leader; null: there is none.</param>
/// <param name="Problem">Why it does not answer, or refuses this token.</param>
/// <param name="Hint">What to do about that.</param>
/// <param name="Development">It was started with <c>-dev</c>; null: unknown.</param>
public sealed record NomadFact(
    string Address,
    string? Version = null,
    string? Leader = null,
    string? Problem = null,
    string? Hint = null,
    bool? Development = null
) : HostFact;
