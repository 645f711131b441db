namespace ErpInstaller.Run;

/// <summary>A step's state, in files and events in lower case.</summary>
public enum StepStatus
{
    /// <summary>Never begun.</summary>
    Pending,

    /// <summary>At work.</summary>
    Running,

    /// <summary>Its probe found the result.</summary>
    Done,

    /// <summary>It ended with an error.</summary>
    Failed,

    /// <summary>It was done, and its inputs have changed since.</summary>
    Stale,

    /// <summary>A run ended while it was at work.</summary>
    Interrupted,
}
