using System.Text.Json.Nodes;

namespace ErpInstaller.Rehearsal;

/// <summary>
/// How an allocation goes on, with the events that a real client tells: received, set up, started, then healthy, complete
/// or failed. Prestart tasks end before the main task starts.
/// </summary>
/// <param name="logs">Takes what its tasks write.</param>
/// <param name="script">Task → the lines that it writes before it ends well.</param>
internal sealed class SimulatedAllocation(
    JsonObject allocation,
    NomadTemplates templates,
    long nanoseconds,
    SimulatedLogs logs,
    Func<string, IReadOnlyList<string>> script
)
{
    private const int EventsKept = 10;

    private JsonObject States => allocation["TaskStates"]!.AsObject();

    private string Status => allocation["ClientStatus"]!.GetValue<string>();

    /// <summary>The client has received it.</summary>
    public void Begin(JsonObject group)
    {
        allocation["ClientStatus"] = "pending";
        allocation["ClientDescription"] = "No tasks have started";
        allocation["DesiredStatus"] = "run";
        allocation["TaskStates"] = new JsonObject(
            group["Tasks"]!
                .AsArray()
                .OrderBy(t => t!["Lifecycle"]?["Hook"]?.GetValue<string>() == "prestart" ? 0 : 1)
                .Select(t => KeyValuePair.Create(t!["Name"]!.GetValue<string>(), (JsonNode?)NewState()))
        );
        foreach (var (name, _) in States.ToList())
        {
            Tell(name, "Received", "Task received by client");
        }
    }

    /// <summary>Goes one stage on.</summary>
    /// <param name="restarts">The group's policy: what ends is begun again, for ever.</param>
    /// <returns>Something changed.</returns>
    public bool Advance(bool batch, bool restarts, SimulatedFailure? failure)
    {
        var task = States.FirstOrDefault(s => s.Value!["State"]!.GetValue<string>() != "dead").Key;
        if (task is null || Status is "failed" or "complete")
        {
            return false;
        }

        var state = States[task]!;
        if (state["State"]!.GetValue<string>() == "pending")
        {
            Start(task, restarts, failure);
            return true;
        }

        var last = States.Last().Key == task;
        return (last, batch, failure) switch
        {
            (false, _, SimulatedFailure.MustStop) => Exit(task, 75),
            (true, true, SimulatedFailure.NothingChanged) => Exit(task, 74),
            (_, _, SimulatedFailure.ExitCode) => Die(
                task,
                "Terminated",
                "Exit Code: 3, Exit Message: \"Docker container exited with non-zero exit code: 3\"",
                3,
                restarts
            ),
            (_, _, SimulatedFailure.OutOfMemory) => Die(
                task,
                "Terminated",
                "Exit Code: 137, Exit Message: \"OOM Killed\"",
                137,
                restarts
            ),
            (true, _, SimulatedFailure.Refusal) => Refuse(task, restarts),
            (true, false, SimulatedFailure.NeverHealthy) => false,
            (true, false, _) => BecomeHealthy(),
            _ => Write(task) || End(task, last),
        };
    }

    // A line for each stage; true: it wrote one.
    private bool Write(string task)
    {
        var log = Log(task, "stdout");
        var written = log.Text.Count(c => c == '\n');
        if (script(task).ElementAtOrDefault(written) is not { } line)
        {
            return false;
        }

        log.Write(line);
        return true;
    }

    private bool Refuse(string task, bool restarts)
    {
        foreach (var line in SimulatedScript.Refusal)
        {
            Log(task, "stderr").Write(line);
        }

        return Die(
            task,
            "Terminated",
            "Exit Code: 1, Exit Message: \"Docker container exited with non-zero exit code: 1\"",
            1,
            restarts
        );
    }

    private SimulatedLog Log(string task, string type) => logs.Of(allocation["ID"]!.GetValue<string>(), task, type);

    private void Start(string task, bool restarts, SimulatedFailure? failure)
    {
        Tell(task, "Task Setup", "Building Task Directory");
        var refused = failure switch
        {
            SimulatedFailure.ImagePull =>
                "Failed to pull `registry.invalid:5000/frappe/erpnext:v0`: Error response from daemon: Get \"https://registry.invalid:5000/v2/\": dial tcp: lookup registry.invalid: no such host",
            SimulatedFailure.VolumesDisabled =>
                "Failed to create container configuration for image: volumes are not enabled; cannot mount volume: \"erpnext-db-data\"",
            SimulatedFailure.MissingNetwork =>
                "Failed to start container a28d9a3f2fa0fd8bbc8173e4d6108f80: API error (404): network erpnext not found",
            _ => null,
        };
        if (refused is not null)
        {
            // A pull is tried again (drivers/docker/coordinator.go says when); what the engine refuses is not.
            Die(task, "Driver Failure", refused, 0, restarts && failure == SimulatedFailure.ImagePull);
            return;
        }

        Tell(task, "Started", "Task started by client");
        States[task]!["State"] = "running";
        States[task]!["StartedAt"] = Timestamp;
        allocation["ClientStatus"] = "running";
        allocation["ClientDescription"] = "Tasks are running";
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

    private bool End(string task, bool last)
    {
        Tell(task, "Terminated", "Exit Code: 0");
        Close(task, failed: false);
        if (last)
        {
            allocation["ClientStatus"] = "complete";
            allocation["ClientDescription"] = "All tasks have completed";
        }

        return true;
    }

    private bool Die(string task, string type, string message, int exitCode, bool restarts)
    {
        Tell(task, type, message, exitCode);
        if (restarts)
        {
            Tell(task, "Restarting", "Task restarting in 1.1s");
            States[task]!["Restarts"] = States[task]!["Restarts"]!.Int() + 1;
            States[task]!["State"] = "pending";
            allocation["ClientStatus"] = "pending";
            return true;
        }

        Tell(
            task,
            "Not Restarting",
            type == "Driver Failure" ? "Error was unrecoverable" : "Policy allows no restarts"
        );
        Close(task, failed: true);
        allocation["ClientStatus"] = "failed";
        allocation["ClientDescription"] = "Failed tasks";
        allocation["DeploymentStatus"] = Health(healthy: false);
        return true;
    }

    private bool Exit(string task, int code) =>
        Die(
            task,
            "Terminated",
            $"Exit Code: {code}, Exit Message: \"Docker container exited with non-zero exit code: {code}\"",
            code,
            restarts: false
        );

    private void Close(string task, bool failed)
    {
        var state = States[task]!;
        state["State"] = "dead";
        state["Failed"] = failed;
        state["FinishedAt"] = Timestamp;
    }

    private void Tell(string task, string type, string message, int exitCode = 0)
    {
        var happened = templates.New("task-event");
        happened["Type"] = type;
        if (type == "Terminated")
        {
            happened["Details"] = new JsonObject
            {
                ["exit_code"] = $"{exitCode}",
                ["oom_killed"] = exitCode == 137 ? "true" : "false",
            };
        }

        happened["DisplayMessage"] = message;
        happened["ExitCode"] = exitCode;
        happened["Time"] = nanoseconds;
        happened["Details"] = type == "Task Setup" ? new JsonObject { ["message"] = message } : new JsonObject();
        happened["DriverError"] = type == "Driver Failure" ? message : "";
        var events = States[task]!["Events"]!.AsArray();
        events.Add((JsonNode)happened);

        // A client keeps the last ten (client/allocrunner/taskrunner, maxTaskEvents).
        if (events.Count > EventsKept)
        {
            events.RemoveAt(0);
        }
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
