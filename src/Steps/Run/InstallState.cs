using Tomlyn.Serialization;

namespace ErpInstaller.Run;

/// <summary>The content of <c>state.toml</c>, and of the state files of other operations.</summary>
public sealed record InstallState
{
    /// <summary>The version of the file's format that this installer writes.</summary>
    public const int CurrentSchema = 1;

    /// <summary>The version of the file's format.</summary>
    [TomlPropertyName("schema")]
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>Everything outside was simulated.</summary>
    [TomlPropertyName("rehearsal")]
    public bool Rehearsal { get; init; }

    /// <summary>
    /// SHA-256 (64 hex digits) of the accepted answers as <see cref="AcceptedAnswers"/> wrote them; null: an earlier
    /// installer wrote this state.
    /// </summary>
    [TomlPropertyName("answers")]
    public string? Answers { get; init; }

    /// <summary>
    /// Names the run of an operation that begins anew each time: its start in UTC, <c>20261128T231502Z</c>. Null: an
    /// install.
    /// </summary>
    [TomlPropertyName("run")]
    public string? Run { get; init; }

    /// <summary>The command that runs the same operation again. Null: an install.</summary>
    [TomlPropertyName("command")]
    public string? Command { get; init; }

    /// <summary>Step id → the record of the step.</summary>
    [TomlPropertyName("steps")]
    public Dictionary<string, StepState> Steps { get; init; } = [];

    /// <summary>
    /// Whether the run ended after it began and before all was done, and no step failed: the next run continues it.
    /// </summary>
    [TomlIgnore]
    public bool IsInterrupted =>
        Steps.Values.All(s => s.Status != StepStatus.Failed)
        && Steps.Values.Any(s => s.Status is StepStatus.Pending or StepStatus.Interrupted)
        && Steps.Values.Any(s => s.Status != StepStatus.Pending);

    /// <summary>The record of a step; pending when it never began.</summary>
    public StepState Of(string step) => Steps.GetValueOrDefault(step) ?? new StepState();

    /// <summary>A copy with another record for a step.</summary>
    public InstallState With(string step, StepState state) =>
        this with
        {
            Steps = new Dictionary<string, StepState>(Steps) { [step] = state },
        };
}

/// <summary>
/// The record of a step in <c>state.toml</c>. It describes the last run. Only a probe finds out whether that is still
/// true.
/// </summary>
public sealed record StepState
{
    /// <summary>Its status.</summary>
    [TomlPropertyName("status")]
    public StepStatus Status { get; init; }

    /// <summary>How often it was run.</summary>
    [TomlPropertyName("attempt")]
    public int Attempt { get; init; }

    /// <summary>Fingerprint of the <see cref="StepInputs"/> that it was last run or found with.</summary>
    [TomlPropertyName("inputs")]
    public string Inputs { get; init; } = "";

    /// <summary>When it last began.</summary>
    [TomlPropertyName("started")]
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it last ended.</summary>
    [TomlPropertyName("finished")]
    public DateTimeOffset? Finished { get; init; }

    /// <summary>Code of the error that it failed with, see <see cref="Core.Errors.ErrorCode"/>.</summary>
    [TomlPropertyName("error")]
    public string? Error { get; init; }

    /// <summary>The error's message.</summary>
    [TomlPropertyName("message")]
    public string? Message { get; init; }

    /// <summary>The error's hint.</summary>
    [TomlPropertyName("hint")]
    public string? Hint { get; init; }

    /// <summary>The outputs of its last probe.</summary>
    [TomlPropertyName("outputs")]
    public Dictionary<string, string> Outputs { get; init; } = [];

    /// <summary>The same with every text that can come from outside passed through <paramref name="clean"/>.</summary>
    internal StepState WithTexts(Func<string, string> clean) =>
        this with
        {
            Message = Message is null ? null : clean(Message),
            Hint = Hint is null ? null : clean(Hint),
            Outputs = Outputs.ToDictionary(o => o.Key, o => clean(o.Value)),
        };
}

/// <summary>A step's state, in files and events in lower case.</summary>
public enum StepStatus
{
    /// <summary>Never begun.</summary>
    Pending,

    /// <summary>Running.</summary>
    Running,

    /// <summary>Its probe found the result.</summary>
    Done,

    /// <summary>It ended with an error.</summary>
    Failed,

    /// <summary>It was done, but the answers that it depends on have changed since.</summary>
    Stale,

    /// <summary>The run ended while the step was running.</summary>
    Interrupted,
}
