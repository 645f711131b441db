namespace ErpInstaller.Answers;

/// <summary>The <c>[erpnext]</c> table.</summary>
public sealed record ErpNextAnswers
{
    /// <summary>Name of a release, a file below <c>assets/releases</c> without its ending.</summary>
    public string Release { get; init; } = "v15.75.1";
}
