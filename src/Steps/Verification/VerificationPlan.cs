using ErpInstaller.Run;

namespace ErpInstaller.Verification;

/// <summary>The checks to run.</summary>
public sealed record VerificationPlan : StepPlan;
