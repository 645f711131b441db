namespace ErpInstaller.Engine;

/// <summary>What a run would do in one step.</summary>
/// <param name="Step">The step's id.</param>
/// <param name="InPlace">Nothing: its result is there.</param>
/// <param name="Summary">What is there, what is missing, or why it cannot be known yet.</param>
/// <param name="Changes">What would be done, in order.</param>
public sealed record StepForecast(string Step, bool InPlace, string Summary, IReadOnlyList<PlannedChange> Changes);
