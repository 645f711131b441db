namespace ErpInstaller.Answers;

/// <summary>The <c>[host]</c> table.</summary>
public sealed record HostAnswers
{
    /// <summary>Host check id → the operator's reason to accept its failure.</summary>
    public Dictionary<string, string> Accept { get; init; } = [];
}
