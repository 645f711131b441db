namespace ErpInstaller.Outside.Docker;

/// <summary>What a builder tells while it works. An instruction is one of the Dockerfile, as it is written there.</summary>
public abstract record BuildEvent
{
    private BuildEvent() { }

    /// <summary>An instruction begins.</summary>
    public sealed record Started(string Instruction) : BuildEvent;

    /// <summary>An instruction is done.</summary>
    /// <param name="Cached">Its result was there from an earlier build.</param>
    public sealed record Done(string Instruction, bool Cached) : BuildEvent;

    /// <summary>A line that something wrote.</summary>
    /// <param name="Instruction">The instruction it belongs to; null: to none.</param>
    public sealed record Line(string? Instruction, string Text) : BuildEvent;
}
