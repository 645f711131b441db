namespace ErpInstaller.Run;

/// <summary>One change that a step would make.</summary>
/// <param name="Kind">What happens to it.</param>
/// <param name="Subject">To what, for example <c>image erpnext-full:v15.75.1-0a1b2c3d4e5f</c>.</param>
/// <param name="Why">Why, or what of it: one line, no secret.</param>
public sealed record PlannedChange(ChangeKind Kind, string Subject, string Why);
