using ErpInstaller.HostChecks.Checks;

namespace ErpInstaller.HostChecks;

/// <summary>A line of the table that a front end shows.</summary>
/// <param name="Id">One of <see cref="CheckId"/>.</param>
/// <param name="Kind">How it came out.</param>
/// <param name="Found">What there is.</param>
/// <param name="Needed">What there should be.</param>
/// <param name="Hint">What to do; empty when nothing is to be done.</param>
/// <param name="Reason">Why the operator accepts it; null when it is not accepted.</param>
public sealed record HostCheckRow(
    string Id,
    VerdictKind Kind,
    string Found,
    string Needed,
    string Hint,
    string? Reason = null
)
{
    /// <summary>The verdict as tables and JSON show it.</summary>
    public string Verdict => Kind.ToString().ToLowerInvariant();

    /// <summary>It stands in the way of an installation.</summary>
    public bool Blocks => Kind is VerdictKind.Fail or VerdictKind.Unknown;
}
