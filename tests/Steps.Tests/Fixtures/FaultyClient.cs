using System.Text.Json.Nodes;
using ErpInstaller.Rehearsal;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>A failure of the tasks of a group.</summary>
public enum TaskFailure
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

    /// <summary>The kernel kills the task because its memory ran out.</summary>
    OutOfMemory,

    /// <summary>
    /// The task was killed, and the engine does not know why (an out-of-memory kill with cgroup v2 looks like this).
    /// </summary>
    Killed,

    /// <summary>The engine stopped the task's container because it stopped itself.</summary>
    Stopped,

    /// <summary>The client's docker plugin has volumes off.</summary>
    VolumesDisabled,

    /// <summary>The Docker network does not exist.</summary>
    MissingNetwork,

    /// <summary>No node has room: the placement is blocked.</summary>
    Blocked,

    /// <summary>It starts and never becomes healthy.</summary>
    NeverHealthy,
}

/// <summary>Clients of a rehearsed cluster. Their tasks fail, or they have no room for them.</summary>
internal sealed class FaultyClient : RehearsedClient
{
    /// <summary>Group → its failure.</summary>
    public Dictionary<string, TaskFailure> Failures { get; } = [];

    /// <summary>Task → its output instead of the usual one.</summary>
    public Dictionary<string, string> Output { get; } = [];

    /// <summary>The output of a task by its specification, instead of the usual one; null: the usual one.</summary>
    public Func<JsonNode, string?>? OutputOf { get; set; }

    /// <summary>False: no node has room for a new version's container beside the old one's.</summary>
    public bool HasRoomForCanaries { get; set; } = true;

    /// <summary>
    /// An allocation that has ended is removed with its logs at once, as on a disk that is over 80 % full.
    /// </summary>
    public bool CollectsAtOnce { get; set; }

    public override bool KeepsEnded => !CollectsAtOnce;

    public override bool HasRoom(string group, bool besideOld) =>
        Failure(group) != TaskFailure.Blocked && (HasRoomForCanaries || !besideOld);

    public override TaskCourse CourseOf(RehearsedTask task) =>
        Failure(task.Group) switch
        {
            // A pull is tried again (drivers/docker/coordinator.go); a refusal of the engine is final.
            TaskFailure.ImagePull => new TaskCourse
            {
                DriverError =
                    "Failed to pull `registry.invalid:5000/frappe/erpnext:v0`: Error response from daemon: "
                    + "Get \"https://registry.invalid:5000/v2/\": dial tcp: lookup registry.invalid: no such host",
                IsRecoverable = true,
            },
            TaskFailure.VolumesDisabled => new TaskCourse
            {
                DriverError =
                    "Failed to create container configuration for image: volumes are not enabled; "
                    + "cannot mount volume: \"erpnext-db-data\"",
            },
            TaskFailure.MissingNetwork => new TaskCourse
            {
                DriverError =
                    "Failed to start container a28d9a3f2fa0fd8bbc8173e4d6108f80: "
                    + "API error (404): network erpnext not found",
            },
            TaskFailure.ExitCode => new TaskCourse { ExitCode = 3 },
            TaskFailure.OutOfMemory => new TaskCourse { ExitCode = 137, IsOutOfMemory = true },
            TaskFailure.Killed => new TaskCourse { ExitCode = 137 },
            TaskFailure.Stopped => new TaskCourse { ExitCode = 143 },
            TaskFailure.MustStop when !task.IsMain => new TaskCourse { ExitCode = 75 },
            TaskFailure.NothingChanged when task is { IsMain: true, Serves: false } => new TaskCourse { ExitCode = 74 },
            TaskFailure.Refusal when task.IsMain => new TaskCourse
            {
                ExitCode = 1,
                Errors =
                [
                    "create-site: MariaDB refuses the root password",
                    "create-site: hint: the volume of the database keeps the password it was made with: "
                        + "put that one into the Nomad Variable",
                ],
            },
            TaskFailure.NeverHealthy when task.Serves => new TaskCourse { IsHealthy = false },
            _ when OutputOf?.Invoke(task.Specification) is { } own => new TaskCourse
            {
                ExitCode = 0,
                Output = TaskCourse.LinesOf(own),
            },
            _ when Output.TryGetValue(task.Name, out var text) => new TaskCourse
            {
                ExitCode = 0,
                Output = TaskCourse.LinesOf(text),
            },
            _ => base.CourseOf(task),
        };

    private TaskFailure? Failure(string group) => Failures.TryGetValue(group, out var failure) ? failure : null;
}
