using ErpInstaller.Engine;
using ErpInstaller.Nomad;

namespace ErpInstaller.Deployment;

/// <summary>A container does not run. The details are its last events and the last lines it wrote.</summary>
public sealed class AllocationFailed : InstallerException
{
    private AllocationFailed(string message, string hint)
        : base(message, hint, ExitCode.StepFailed)
    {
    }

    /// <summary>From the allocation's task that failed.</summary>
    /// <param name="lines">The last lines that the task wrote.</param>
    public static AllocationFailed From(NomadAllocation allocation, IReadOnlyList<string> lines)
    {
        var (task, state) = Worst(allocation);
        var events = state?.Events ?? [];

        // The cause stands before "Not Restarting" and "Restarting", which only say what Nomad did about it.
        var cause = events.LastOrDefault(e => e.Type is "Driver Failure" or "Terminated" or "Setup Failure" or "Failed Validation" or "Template" or "Failed Artifact Download");
        var said = TerminalText.Clean(cause?.DisplayMessage ?? events.LastOrDefault()?.DisplayMessage ?? allocation.ClientStatus).ReplaceLineEndings(" ");
        var (own, hint) = allocation.TaskGroup == InitJob.Group ? FromScript(lines) : (null, null);
        return new AllocationFailed($"{allocation.JobID}/{allocation.TaskGroup}: {own ?? $"{task}: {said}"}", hint ?? Advice(allocation, task, cause, said))
        {
            Details = [.. events.TakeLast(6).Select(e => $"{e.Type}: {TerminalText.Clean(e.DisplayMessage).ReplaceLineEndings(" ")}"), .. lines],
        };
    }

    /// <summary>The task that failed, or the one that restarted most.</summary>
    public static (string Task, NomadTaskState? State) Worst(NomadAllocation allocation)
    {
        var (task, state) = (allocation.TaskStates ?? []).OrderByDescending(t => t.Value.Failed).ThenByDescending(t => t.Value.Restarts).FirstOrDefault();
        return (task ?? allocation.TaskGroup, state);
    }

    // Our own scripts end with what is wrong and a line "NAME: hint: …": nobody knows it better.
    private static (string? Said, string? Hint) FromScript(IReadOnlyList<string> lines)
    {
        const string Mark = ": hint: ";
        var at = lines.ToList().FindLastIndex(l => l.Contains(Mark, StringComparison.Ordinal));
        return at < 1 ? (null, null) : (lines[at - 1], lines[at][(lines[at].IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..]);
    }

    // The keys of [resources] are the groups' names; the init job's group is named after what it makes.
    private static string ResourcesKey(string group) => group == InitJob.Group ? "init" : group.Replace('-', '_');

    private static string MoreMemory(NomadAllocation allocation) =>
        $"give it more, resources.{ResourcesKey(allocation.TaskGroup)}.memory in the answers.";

    private static string Advice(NomadAllocation allocation, string task, NomadTaskEvent? cause, string said)
    {
        bool Says(string text) => said.Contains(text, StringComparison.OrdinalIgnoreCase);
        return cause switch
        {
            { Details: { } details } when details.GetValueOrDefault("oom_killed") == "true" => $"It was killed for want of memory: {MoreMemory(allocation)}",
            { ExitCode: 137 } => $"It was killed, most often for want of memory: {MoreMemory(allocation)}",
            _ when Says("volumes are not enabled") => "Allow volumes in the client's configuration: plugin \"docker\" { config { volumes { enabled = true } } }. Then restart the Nomad client.",
            _ when Says("failed to pull") => "Can the node reach the registry, and is it logged in there? Try it by hand: docker pull IMAGE. An image that exists on this engine only must not have been collected: plugin \"docker\" { config { gc { image = false } } }.",
            _ when Says("network") && Says("not found") => "Something removed the Docker network. Run the same command again: it is made anew.",
            _ when Says("port is already allocated") || Says("address already in use") => "Something else listens on the port: ss -ltnp. Stop it, or choose other ports: site.http_port, site.https_port.",
            _ => $"nomad alloc logs -stderr {allocation.ID[..Math.Min(8, allocation.ID.Length)]} {task}",
        };
    }
}
