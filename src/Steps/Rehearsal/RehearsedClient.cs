using System.Text.Json.Nodes;
using ErpInstaller.Backup;
using ErpInstaller.Deployment.ErpNext;

namespace ErpInstaller.Rehearsal;

/// <summary>
/// The clients of the rehearsed cluster: they have room for every task, and every task succeeds. Tests override
/// this.
/// </summary>
internal class RehearsedClient
{
    /// <summary>Whether a node has room for the allocations of a group.</summary>
    /// <param name="besideOld">Whether they run beside the allocations of the old version (canaries).</param>
    public virtual bool HasRoom(string group, bool besideOld) => true;

    /// <summary>
    /// Whether an ended allocation keeps its logs. A client removes them at once if its disk is nearly full.
    /// </summary>
    public virtual bool KeepsEnded => true;

    /// <summary>The course of a task.</summary>
    public virtual TaskCourse CourseOf(RehearsedTask task) =>
        task is { IsMain: false, MustWait: true } ? new TaskCourse { ExitCode = InitJob.MustStop }
        : task.Serves ? new TaskCourse()
        : task.Group == BackupJob.Group ? RehearsedBackup.CourseOf(task.Specification)
        : new TaskCourse { ExitCode = 0, Output = OutputOf(task) };

    private static IReadOnlyList<string> OutputOf(RehearsedTask task) =>
        task.Name == VerifyJob.Task
            ? TaskCourse.LinesOf(RehearsedVerifyOutput.Good)
            : RehearsedScript.LinesOf(task.Specification, task.Before);
}

/// <summary>A task on a client.</summary>
/// <param name="Group">The name of its group.</param>
/// <param name="Specification">The task in the registered job.</param>
/// <param name="Before">The same task at its last success; null if it has never succeeded.</param>
internal sealed record RehearsedTask(string Group, JsonNode Specification, JsonNode? Before)
{
    /// <summary>Its name.</summary>
    public string Name => Specification.Text("Name");

    /// <summary>Whether it is the main task of its group; otherwise it is a prestart task.</summary>
    public required bool IsMain { get; init; }

    /// <summary>Whether it runs until it is stopped.</summary>
    public required bool Serves { get; init; }

    /// <summary>Whether an application with another image uses the site. Then its database must not change.</summary>
    public required bool MustWait { get; init; }
}

/// <summary>The course of a task. Without an exit code it runs until it is stopped, and is healthy.</summary>
internal sealed record TaskCourse
{
    /// <summary>The driver's message if it cannot start the task; null if the task starts.</summary>
    public string? DriverError { get; init; }

    /// <summary>Whether the driver may succeed at the next attempt.</summary>
    public bool IsRecoverable { get; init; }

    /// <summary>The lines that the task writes to stdout before it ends, one in each stage.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];

    /// <summary>The lines that it writes to stderr at its end.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>Its exit code; null if it does not end.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Whether the kernel killed it because it exceeded its memory limit.</summary>
    public bool IsOutOfMemory { get; init; }

    /// <summary>Whether its health checks pass.</summary>
    public bool IsHealthy { get; init; } = true;

    /// <summary>The lines of a text.</summary>
    public static string[] LinesOf(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
