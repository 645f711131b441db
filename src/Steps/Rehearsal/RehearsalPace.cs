namespace ErpInstaller.Rehearsal;

/// <summary>How fast a rehearsal goes. What happens is the same at each pace.</summary>
/// <param name="Command">How long a command of a build takes, and a layer of a push or a pull.</param>
/// <param name="Stage">How long containers take to go one stage on: to be started, to be found healthy.</param>
/// <param name="AtOnce">How many of them go on then.</param>
public sealed record RehearsalPace(TimeSpan Command, TimeSpan Stage, int AtOnce)
{
    /// <summary>For lines, tests and machines: some seconds in all.</summary>
    public static RehearsalPace Quick { get; } =
        new(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50), int.MaxValue);

    /// <summary>
    /// For a person before the full screen, who sees each of the twelve containers come up, one after another.
    /// </summary>
    public static RehearsalPace Watched { get; } =
        new(TimeSpan.FromMilliseconds(80), TimeSpan.FromMilliseconds(200), 1);
}
