using ErpInstaller.Engine;

namespace ErpInstaller.Verification;

/// <summary>The looks to take.</summary>
public sealed record VerificationPlan : StepPlan;
