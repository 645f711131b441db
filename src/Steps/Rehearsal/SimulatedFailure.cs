namespace ErpInstaller.Rehearsal;

/// <summary>What goes wrong with the allocations of a group.</summary>
public enum SimulatedFailure
{
    /// <summary>The image cannot be pulled.</summary>
    ImagePull,

    /// <summary>The task ends with exit code 3.</summary>
    ExitCode,

    /// <summary>The main task says why it cannot go on and ends with exit code 1.</summary>
    Refusal,

    /// <summary>The configurator ends with exit code 75: the application must be stopped first.</summary>
    MustStop,

    /// <summary>create-site ends with exit code 74: it failed before it changed anything.</summary>
    NothingChanged,

    /// <summary>The task is killed because its memory ran out.</summary>
    OutOfMemory,

    /// <summary>The client's docker plugin has volumes off.</summary>
    VolumesDisabled,

    /// <summary>The docker network is not there.</summary>
    MissingNetwork,

    /// <summary>No node has room: the placement is blocked.</summary>
    Blocked,

    /// <summary>It starts and never becomes healthy.</summary>
    NeverHealthy,
}
