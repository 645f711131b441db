namespace ErpInstaller.Outside.Nomad;

/// <summary>Something that happened to a task.</summary>
public sealed record NomadTaskEvent
{
    /// <summary>For example <c>Driver Failure</c>, <c>Terminated</c>, <c>Not Restarting</c> (api/tasks.go).</summary>
    public string Type { get; init; } = "";

    /// <summary>In words.</summary>
    public string DisplayMessage { get; init; } = "";

    public int ExitCode { get; init; }

    /// <summary>Nanoseconds since 1970.</summary>
    public long Time { get; init; }

    /// <summary>Has <c>oom_killed</c> among others.</summary>
    public Dictionary<string, string>? Details { get; init; }
}
