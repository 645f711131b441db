using System.Text.Json.Nodes;
using ErpInstaller.Deployment.ErpNext;

namespace ErpInstaller.Rehearsal;

/// <summary>
/// The clients of the rehearsed cluster: they have room for every task, and every task does well. The tests put others
/// in their place.
/// </summary>
internal class RehearsedClient
{
    private const int ApplicationMustStop = 75;

    /// <summary>A node has room for the allocations of a group.</summary>
    /// <param name="besideOld">They are to run beside those of the version before (canaries).</param>
    public virtual bool HasRoom(string group, bool besideOld) => true;

    /// <summary>
    /// An allocation that has ended keeps its logs. A client removes them at once when its disk is nearly full.
    /// </summary>
    public virtual bool KeepsEnded => true;

    /// <summary>The course that a task takes.</summary>
    public virtual TaskCourse CourseOf(RehearsedTask task) =>
        task is { IsMain: false, MustWait: true } ? new TaskCourse { ExitCode = ApplicationMustStop }
        : task.Serves ? new TaskCourse()
        : new TaskCourse { ExitCode = 0, Output = OutputOf(task) };

    private static IReadOnlyList<string> OutputOf(RehearsedTask task) =>
        task.Name == VerifyJob.Task
            ? TaskCourse.LinesOf(RehearsedVerifyOutput.Good)
            : RehearsedScript.LinesOf(task.Specification, task.Before);
}

/// <summary>A task that a client runs.</summary>
/// <param name="Group">The name of its group.</param>
/// <param name="Specification">The task as it was registered.</param>
/// <param name="Before">The same task as it was when it last ended well; null: it never did.</param>
internal sealed record RehearsedTask(string Group, JsonNode Specification, JsonNode? Before)
{
    /// <summary>Its name.</summary>
    public string Name => Specification.Text("Name");

    /// <summary>The main task of its group; false: a prestart task.</summary>
    public required bool IsMain { get; init; }

    /// <summary>It is to run until it is stopped.</summary>
    public required bool Serves { get; init; }

    /// <summary>An application of another image uses the site, so its database must not change.</summary>
    public required bool MustWait { get; init; }
}

/// <summary>What happens to a task. Without an exit code it runs until it is stopped, and is healthy.</summary>
internal sealed record TaskCourse
{
    /// <summary>The driver's message, when it cannot start the task; null: the task starts.</summary>
    public string? DriverError { get; init; }

    /// <summary>The driver may succeed when it tries again.</summary>
    public bool IsRecoverable { get; init; }

    /// <summary>The lines that the task writes to stdout before it ends, one in each stage.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];

    /// <summary>The lines that it writes to stderr when it ends.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>Its exit code; null: it does not end.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The kernel killed it, because it used more memory than it may.</summary>
    public bool IsOutOfMemory { get; init; }

    /// <summary>Its health checks pass.</summary>
    public bool IsHealthy { get; init; } = true;

    /// <summary>The lines of a text.</summary>
    public static string[] LinesOf(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
