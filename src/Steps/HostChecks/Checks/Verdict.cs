namespace ErpInstaller.HostChecks.Checks;

/// <summary>What a check makes of its facts.</summary>
/// <param name="Kind">How it came out.</param>
/// <param name="Found">What there is, with its unit.</param>
/// <param name="Needed">What there should be, with the tolerance where there is one.</param>
/// <param name="Hint">What to do: a command to copy where there is one; empty when nothing is to be done.</param>
public sealed record Verdict(VerdictKind Kind, string Found, string Needed, string Hint = "");
