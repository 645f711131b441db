using System.Text.RegularExpressions;
using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Deployment.Following;

/// <summary>A container does not run. The details are its last events and the last lines it wrote.</summary>
internal sealed partial class AllocationFailed : InstallerException
{
    private const int LinesShown = 40;

    // The entrypoints of MariaDB and Redis: "chown: changing ownership of '/var/lib/mysql/': Operation not permitted",
    // "error: failed switching to \"mysql\": operation not permitted", "setpriv: setresuid failed: …".
    [GeneratedRegex(
        "(chown|setuid|setgid|setres[ug]id|setgroups|switching to).*operation not permitted",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Capabilities();

    private AllocationFailed(string message, string hint)
        : base(ErrorCode.AllocationFailed, message, hint) { }

    /// <summary>The exit code of the task that failed; null: it never ran.</summary>
    public int? TaskExitCode { get; init; }

    /// <summary>Makes the error from the failed task of an allocation.</summary>
    internal static AllocationFailed From(NomadAllocation allocation, TaskLog log)
    {
        var (task, state) = Worst(allocation);
        var events = state?.Events ?? [];

        // The cause is in the event before "Not Restarting" and "Restarting", which only report Nomad's reaction.
        var cause = events.LastOrDefault(e =>
            e.Type
                is "Driver Failure"
                    or "Terminated"
                    or "Setup Failure"
                    or "Failed Validation"
                    or "Template"
                    or "Failed Artifact Download"
        );
        var said = TerminalText
            .Clean(cause?.DisplayMessage ?? events.LastOrDefault()?.DisplayMessage ?? allocation.ClientStatus)
            .ReplaceLineEndings(" ");
        var isInit = allocation.TaskGroup == ContainerGroups.Init.Group;
        var (own, hint) = isInit ? ScriptWords.Of(log.Errors) : (null, null);
        var message = own ?? $"{task}: {said}" + (isInit ? Circumstances(log) : "");
        return new AllocationFailed(
            $"{allocation.JobID}/{allocation.TaskGroup}: {message}",
            WithFile(hint ?? Advice(allocation, task, cause, said, log), log)
        )
        {
            TaskExitCode = cause is { Type: "Terminated" } ended ? ended.ExitCode : null,
            Details =
            [
                .. events
                    .TakeLast(6)
                    .Select(e => $"{e.Type}: {TerminalText.Clean(e.DisplayMessage).ReplaceLineEndings(" ")}"),
                .. log.Lines.TakeLast(LinesShown),
                .. log.Missing is { } missing ? [$"({missing})"] : Array.Empty<string>(),
            ],
        };
    }

    /// <summary>The task that failed, or the one that restarted most.</summary>
    public static (string Task, NomadTaskState? State) Worst(NomadAllocation allocation)
    {
        var (task, state) = (allocation.TaskStates ?? [])
            .OrderByDescending(t => t.Value.Failed)
            .ThenByDescending(t => t.Value.Restarts)
            .FirstOrDefault();
        return (task ?? allocation.TaskGroup, state);
    }

    // bench reports the cause of a failure in its last line.
    private static string Circumstances(TaskLog log) =>
        (log.Doing is { } doing ? $", while {doing}" : "") + (log.Errors is [.., var last] ? $": {last}" : "");

    private static string WithFile(string hint, TaskLog log) =>
        log.File is { } file ? $"{hint} (its last lines: {file})" : hint;

    private static string MoreMemory(NomadAllocation allocation) =>
        ContainerGroups.Find(allocation.TaskGroup) is { } group
            ? $"give it more, resources.{group.Key}.memory in the answers."
            : "the installer sets its memory. Run the same command again; if it is killed again, report it.";

    private static string Advice(
        NomadAllocation allocation,
        string task,
        NomadTaskEvent? cause,
        string said,
        TaskLog log
    ) =>
        cause switch
        {
            { Details: { } details } when details.GetValueOrDefault("oom_killed") == "true" =>
                $"It was killed because its memory ran out: {MoreMemory(allocation)}",
            { ExitCode: 137 } => $"It was killed, most likely because its memory ran out: {MoreMemory(allocation)}",
            // 128 + 15: a container gets SIGTERM when its engine stops.
            { ExitCode: 143 } => "Docker, Nomad or the host was stopped or restarted meanwhile: systemctl status "
                + "docker nomad. Run the same command again: erp-installer install",
            _ when ContainerFailures.Find(said) is { } known => known.Hint,
            _ when log.Lines.Any(Capabilities().IsMatch) =>
                "The docker plugin lacks a capability: remove allow_caps from plugin \"docker\" in the client's "
                    + "configuration, then sudo systemctl restart nomad; erp-installer check lists the missing ones",
            _ when log.MissingHint is { } hint => hint,
            _ when log.File is not null =>
                "Read its last output, then run the same command again: erp-installer install",
            _ when ContainerGroups.Find(allocation.TaskGroup) is { } group => $"erp-installer logs {group.Name}",
            _ => $"nomad alloc logs -stderr {allocation.ID[..Math.Min(8, allocation.ID.Length)]} {task}",
        };
}
