namespace ErpInstaller.Deployment.Jobs;

/// <summary>The settings that all our groups and tasks share.</summary>
internal static class JobPolicies
{
    /// <summary>Marks jobs, networks and volumes as this installer's.</summary>
    public static readonly IReadOnlyDictionary<string, string> Labels = new Dictionary<string, string>
    {
        ["installer"] = "erp-installer",
    };

    /// <summary>Allocations of a group that are replaced at once.</summary>
    public const int MaxParallel = 1;

    /// <summary>The whole weight: there is one spread.</summary>
    public const int SpreadWeight = 100;

    /// <summary>A container that still runs after this long counts as healthy.</summary>
    public static readonly TimeSpan MinHealthyTime = TimeSpan.FromSeconds(10);

    /// <summary>First pulls are large.</summary>
    public static readonly TimeSpan HealthyDeadline = TimeSpan.FromMinutes(15);

    /// <summary>Must be longer than <see cref="HealthyDeadline"/>.</summary>
    public static readonly TimeSpan ProgressDeadline = TimeSpan.FromMinutes(20);

    /// <summary>Driver configuration takes words.</summary>
    public const string ImagePullTimeout = "15m";

    /// <summary>
    /// Restarts within <see cref="RestartInterval"/>. Then Nomad waits for the interval's end and tries again.
    /// </summary>
    /// <remarks>
    /// Six a minute: a container that ended is back within seconds, and one that cannot start costs little. Nomad
    /// compares restart and reschedule policies without replacing containers (scheduler/util.go, tasksUpdated). A
    /// container that runs keeps the policy that it was started with until it is replaced or its Nomad client is
    /// restarted.
    /// </remarks>
    public const int RestartAttempts = 6;

    /// <inheritdoc cref="RestartAttempts"/>
    public static readonly TimeSpan RestartInterval = TimeSpan.FromMinutes(1);

    /// <summary>Nomad adds up to a quarter of it at random.</summary>
    public static readonly TimeSpan RestartDelay = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The first pause before a new allocation takes the place of one that failed; it doubles up to
    /// <see cref="RescheduleMaxDelay"/>. Nomad accepts no shorter one.
    /// </summary>
    /// <remarks>
    /// While the Docker engine restarts, a start fails with "failed to fetch docker daemon info". Nomad takes that for
    /// unrecoverable and fails the allocation at once (drivers/docker/driver.go). By default the next one would come 30
    /// s later, and after some failures an hour later.
    /// </remarks>
    public static readonly TimeSpan RescheduleDelay = TimeSpan.FromSeconds(5);

    /// <inheritdoc cref="RescheduleDelay"/>
    public static readonly TimeSpan RescheduleMaxDelay = TimeSpan.FromMinutes(1);

    /// <summary>More is capped by the client's own limit, 30 s unless configured.</summary>
    public static readonly TimeSpan KillTimeout = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a backend continues to serve while its successor loads Frappe. Nomad calls the successor healthy when
    /// it has run for <see cref="MinHealthyTime"/>. Nomad cannot see whether it answers: its own checks do not reach an
    /// address inside a Docker network ("driver network (not supported)", client/serviceregistration/checks/client.go).
    /// </summary>
    public static readonly TimeSpan BackendShutdownDelay = TimeSpan.FromSeconds(30);

    /// <summary>Two streams of 5 × 10 MB per task: two tasks stay below the group's 300 MB of ephemeral disk.</summary>
    public const int LogFiles = 5;

    /// <inheritdoc cref="LogFiles"/>
    public const int LogFileMegabytes = 10;
}
