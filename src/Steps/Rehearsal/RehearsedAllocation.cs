using System.Text.Json.Nodes;

namespace ErpInstaller.Rehearsal;

/// <summary>
/// Takes an allocation through its stages, with the task events of a real client: received, set up, started, then
/// healthy, complete or failed. Prestart tasks end before the main task starts.
/// </summary>
/// <param name="logs">Takes the output of its tasks.</param>
/// <param name="course">The course of a task, by the task's name.</param>
internal sealed class RehearsedAllocation(
    JsonObject allocation,
    NomadTemplates templates,
    long nanoseconds,
    RehearsedLogs logs,
    Func<string, TaskCourse> course
)
{
    private const int EventsKept = 10;

    private JsonObject States => allocation["TaskStates"]!.AsObject();

    /// <summary>Sets the first stage: the client has received the allocation.</summary>
    public void Begin(JsonObject group)
    {
        SetStatus("pending", "No tasks have started");
        allocation["DesiredStatus"] = "run";
        allocation["TaskStates"] = new JsonObject(
            group
                .Tasks()
                .OrderBy(t => t["Lifecycle"]?.Text("Hook") == "prestart" ? 0 : 1)
                .Select(t => KeyValuePair.Create(t.Text("Name"), (JsonNode?)NewState()))
        );
        foreach (var (name, _) in States.ToList())
        {
            Record(name, "Received", "Task received by client");
        }
    }

    /// <summary>Advances by one stage.</summary>
    /// <param name="restarts">Whether the group's restart policy restarts a failed task without limit.</param>
    /// <returns>Whether anything changed.</returns>
    public bool Advance(bool restarts)
    {
        var task = States.FirstOrDefault(s => s.Value!.Text("State") != "dead").Key;
        if (task is null || allocation.Text("ClientStatus") is "failed" or "complete")
        {
            return false;
        }

        var ahead = course(task);
        if (States[task]!.Text("State") == "pending")
        {
            Start(task, ahead, restarts);
            return true;
        }

        return ahead.ExitCode is { } code
            ? Write(task, ahead) || End(task, ahead, code, restarts)
            : ahead.IsHealthy && BecomeHealthy();
    }

    /// <summary>Ends a running task, which starts again in the next stage.</summary>
    public void Restart(string task)
    {
        Record(task, "Restart Signaled", "User requested task to restart");
        Record(task, "Restarting", "Task restarting in 0s");
        States[task]!["Restarts"] = States[task]!.Int("Restarts") + 1;
        States[task]!["State"] = "pending";
        allocation["ClientStatus"] = "pending";
    }

    private void Start(string task, TaskCourse ahead, bool restarts)
    {
        Record(task, "Task Setup", "Building Task Directory")["Details"] = new JsonObject
        {
            ["message"] = "Building Task Directory",
        };
        if (ahead.DriverError is { } message)
        {
            var failure = Record(task, "Driver Failure", message);
            failure["DriverError"] = message;
            failure["Details"] = new JsonObject { ["driver_error"] = message };
            Fail(task, restarts && ahead.IsRecoverable, "Error was unrecoverable");
            return;
        }

        Record(task, "Started", "Task started by client");
        States[task]!["State"] = "running";
        States[task]!["StartedAt"] = Timestamp;
        SetStatus("running", "Tasks are running");
    }

    // Writes one line in each stage. False if all lines are written.
    private bool Write(string task, TaskCourse ahead)
    {
        var log = LogOf(task, "stdout");
        var written = log.Text.Count(c => c == '\n');
        if (ahead.Output.ElementAtOrDefault(written) is not { } line)
        {
            return false;
        }

        log.Write(line);
        return true;
    }

    private bool BecomeHealthy()
    {
        if (allocation["DeploymentStatus"] is not null)
        {
            return false;
        }

        allocation["DeploymentStatus"] = Health(healthy: true);
        return true;
    }

    private bool End(string task, TaskCourse ahead, int code, bool restarts)
    {
        foreach (var line in ahead.Errors)
        {
            LogOf(task, "stderr").Write(line);
        }

        RecordEnd(task, code, ahead.IsOutOfMemory);
        if (code != 0)
        {
            Fail(task, restarts, "Policy allows no restarts");
            return true;
        }

        Close(task, failed: false);
        if (States.Last().Key == task)
        {
            SetStatus("complete", "All tasks have completed");
        }

        return true;
    }

    // client/allocrunner/taskrunner/task_runner.go, handleTaskExitResult; the message is from drivers/docker/handle.go,
    // run.
    private void RecordEnd(string task, int code, bool isOutOfMemory)
    {
        var message =
            isOutOfMemory ? "OOM Killed"
            : code == 0 ? ""
            : $"Docker container exited with non-zero exit code: {code}";
        var end = Record(
            task,
            "Terminated",
            message.Length == 0 ? $"Exit Code: {code}" : $"Exit Code: {code}, Exit Message: \"{message}\""
        );
        var details = new JsonObject
        {
            ["exit_code"] = $"{code}",
            ["oom_killed"] = isOutOfMemory ? "true" : "false",
            ["signal"] = "0",
        };
        if (message.Length > 0)
        {
            details["exit_message"] = message;
        }

        end["Details"] = details;
        end["ExitCode"] = code;
        end["Message"] = message;
    }

    private void Fail(string task, bool restarts, string finalReason)
    {
        if (restarts)
        {
            Record(task, "Restarting", "Task restarting in 1.1s");
            States[task]!["Restarts"] = States[task]!.Int("Restarts") + 1;
            States[task]!["State"] = "pending";
            allocation["ClientStatus"] = "pending";
            return;
        }

        Record(task, "Not Restarting", finalReason);
        Close(task, failed: true);
        SetStatus("failed", "Failed tasks");
        allocation["DeploymentStatus"] = Health(healthy: false);
    }

    private void Close(string task, bool failed)
    {
        var state = States[task]!;
        state["State"] = "dead";
        state["Failed"] = failed;
        state["FinishedAt"] = Timestamp;
    }

    private JsonObject Record(string task, string type, string message)
    {
        var happened = templates.New("task-event");
        happened["Type"] = type;
        happened["DisplayMessage"] = message;
        happened["Time"] = nanoseconds;
        var events = States[task]!["Events"]!.AsArray();
        events.Add((JsonNode)happened);

        // A client keeps the last ten events (client/allocrunner/taskrunner, maxTaskEvents).
        if (events.Count > EventsKept)
        {
            events.RemoveAt(0);
        }

        return happened;
    }

    private RehearsedLog LogOf(string task, string type) => logs.Of(allocation.Text("ID"), task, type);

    private void SetStatus(string status, string description)
    {
        allocation["ClientStatus"] = status;
        allocation["ClientDescription"] = description;
    }

    private JsonObject Health(bool healthy) =>
        new()
        {
            ["Canary"] = false,
            ["Healthy"] = healthy,
            ["ModifyIndex"] = 0,
            ["Timestamp"] = Timestamp,
        };

    private string Timestamp =>
        FormattableString.Invariant(
            $"{DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100):yyyy-MM-ddTHH:mm:ss.fffffffZ}"
        );

    private static JsonObject NewState() =>
        new()
        {
            ["Events"] = new JsonArray(),
            ["Failed"] = false,
            ["FinishedAt"] = null,
            ["LastRestart"] = null,
            ["Paused"] = "",
            ["Restarts"] = 0,
            ["StartedAt"] = null,
            ["State"] = "pending",
        };
}
