namespace ErpInstaller.Deployment;

/// <summary>What is the same for all our groups and tasks.</summary>
internal static class JobPolicies
{
    /// <summary>Marks jobs, networks and volumes as this installer's.</summary>
    public static readonly IReadOnlyDictionary<string, string> Labels = new Dictionary<string, string> { ["installer"] = "erp-installer" };

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

    /// <summary>Then it waits for the interval's end and tries again: a service never gives up.</summary>
    public const int RestartAttempts = 5;

    public static readonly TimeSpan RestartInterval = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan RestartDelay = TimeSpan.FromSeconds(15);

    /// <summary>More is capped by the client's own limit, 30 s unless configured.</summary>
    public static readonly TimeSpan KillTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Two streams of 5 × 10 MB per task: two tasks stay below the group's 300 MB of ephemeral disk.</summary>
    public const int LogFiles = 5;

    /// <inheritdoc cref="LogFiles"/>
    public const int LogFileMegabytes = 10;
}
