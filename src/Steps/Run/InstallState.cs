namespace ErpInstaller.Run;

/// <summary>The content of <c>state.toml</c>.</summary>
public sealed record InstallState
{
    /// <summary>The version of the file's format that this installer writes.</summary>
    public const int CurrentSchema = 1;

    /// <summary>The version of the file's format.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>Everything outside was simulated.</summary>
    public bool Rehearsal { get; init; }

    /// <summary>Step id → what is known of it.</summary>
    public Dictionary<string, StepState> Steps { get; init; } = [];

    /// <summary>What is known of a step; pending when it never began.</summary>
    public StepState Of(string step) => Steps.GetValueOrDefault(step) ?? new StepState();

    /// <summary>The recorded output of a step, or null.</summary>
    public string? Output(string step, string name) => Of(step).Outputs.GetValueOrDefault(name);

    /// <summary>The same with a step replaced.</summary>
    public InstallState With(string step, StepState state) =>
        this with
        {
            Steps = new Dictionary<string, StepState>(Steps) { [step] = state },
        };
}
