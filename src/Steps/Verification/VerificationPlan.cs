using ErpInstaller.Run;

namespace ErpInstaller.Verification;

/// <summary>The looks to take.</summary>
public sealed record VerificationPlan : StepPlan;
