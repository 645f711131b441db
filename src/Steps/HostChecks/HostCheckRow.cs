using ErpInstaller.HostChecks.Checks;

namespace ErpInstaller.HostChecks;

/// <summary>A row of the table that a front end shows.</summary>
/// <param name="Id">One of <see cref="CheckId"/>.</param>
/// <param name="Kind">The verdict.</param>
/// <param name="Found">What the check found.</param>
/// <param name="Needed">What ERPNext needs.</param>
/// <param name="Hint">What to do; empty when there is nothing to do.</param>
/// <param name="Reason">The operator's reason for accepting a failure; null when it is not accepted.</param>
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

    /// <summary>True when this row stops an installation.</summary>
    public bool Blocks => Kind is VerdictKind.Fail or VerdictKind.Unknown;
}
