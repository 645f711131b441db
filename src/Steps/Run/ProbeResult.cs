namespace ErpInstaller.Run;

/// <summary>What a probe saw.</summary>
public abstract record ProbeResult
{
    private ProbeResult() { }

    /// <summary>The step's result is there, as the answers want it.</summary>
    /// <param name="Outputs">What later steps need.</param>
    /// <param name="Summary">One line for the operator: what is there.</param>
    public sealed record InPlace(StepOutputs Outputs, string Summary) : ProbeResult;

    /// <summary>It is not, or not as the answers want it.</summary>
    /// <param name="Reason">One line for the operator: what is missing or different.</param>
    public sealed record Missing(string Reason) : ProbeResult;
}

/// <summary>What later steps need of a step. One derived record per step; a probe returns it.</summary>
public abstract record StepOutputs
{
    /// <summary>The same as flat text, for <c>state.toml</c>. Holds no secret.</summary>
    public abstract IReadOnlyDictionary<string, string> Values { get; }
}
