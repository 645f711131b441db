namespace ErpInstaller.HostChecks.Checks;

/// <summary>The judgement of a check.</summary>
/// <param name="Kind">The verdict.</param>
/// <param name="Found">What the check found, with its unit.</param>
/// <param name="Needed">What ERPNext needs, with the tolerance if there is one.</param>
/// <param name="Hint">What to do, with a command to copy if there is one; empty when there is nothing to do.</param>
public sealed record Verdict(VerdictKind Kind, string Found, string Needed, string Hint = "");
