using ErpInstaller.Run;

namespace ErpInstaller.Verification;

/// <summary>The checks to run.</summary>
internal sealed record VerificationPlan : StepPlan;
