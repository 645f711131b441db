namespace ErpInstaller.Run;

/// <summary>What <c>state.toml</c> keeps of a step. A record of what happened: whether it is still true, its probe says.</summary>
public sealed record StepState
{
    /// <summary>How it stands.</summary>
    public StepStatus Status { get; init; }

    /// <summary>How often it was run.</summary>
    public int Attempt { get; init; }

    /// <summary>Fingerprint of the inputs that it was last run or found with.</summary>
    public string Inputs { get; init; } = "";

    /// <summary>When it last began.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it last ended.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>Class of the error it failed with.</summary>
    public string? Error { get; init; }

    /// <summary>The error's message.</summary>
    public string? Message { get; init; }

    /// <summary>What to do about the error.</summary>
    public string? Hint { get; init; }

    /// <summary>What its probe gave.</summary>
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
