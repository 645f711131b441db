namespace ErpInstaller.Run;

/// <summary>The result of a probe.</summary>
public abstract record ProbeResult
{
    private ProbeResult() { }

    /// <summary>The step's result is in place and matches the answers.</summary>
    /// <param name="Outputs">The outputs for later steps.</param>
    /// <param name="Summary">The result that is in place: one line for the operator.</param>
    public sealed record InPlace(StepOutputs Outputs, string Summary) : ProbeResult;

    /// <summary>The result is missing, or does not match the answers.</summary>
    /// <param name="Reason">The missing part or the difference: one line for the operator.</param>
    public sealed record Missing(string Reason) : ProbeResult;
}

/// <summary>
/// The outputs of a step for later steps. Each step has its own derived record; its probe returns it.
/// </summary>
public abstract record StepOutputs
{
    /// <summary>The same as flat text, for <c>state.toml</c>. Holds no secret.</summary>
    public abstract IReadOnlyDictionary<string, string> Values { get; }
}
