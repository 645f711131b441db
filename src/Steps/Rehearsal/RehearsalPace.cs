namespace ErpInstaller.Rehearsal;

/// <summary>The speed of a rehearsal. It has no influence on the events.</summary>
/// <param name="Command">The duration of a build's command, and of a layer of a push or pull.</param>
/// <param name="Stage">The duration of a container's stage: until it is started, until it is healthy.</param>
/// <param name="AtOnce">The number of containers that advance at the end of a stage.</param>
public sealed record RehearsalPace(TimeSpan Command, TimeSpan Stage, int AtOnce)
{
    /// <summary>For plain lines, JSON and tests: a whole rehearsal takes some seconds.</summary>
    public static RehearsalPace Quick { get; } =
        new(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50), int.MaxValue);

    /// <summary>
    /// For the full screen: the operator sees the containers start one after another.
    /// </summary>
    public static RehearsalPace Watched { get; } =
        new(TimeSpan.FromMilliseconds(80), TimeSpan.FromMilliseconds(200), 1);
}
