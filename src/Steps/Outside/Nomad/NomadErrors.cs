using ErpInstaller.Core.Errors;

namespace ErpInstaller.Outside.Nomad;

/// <summary>Nomad does not answer, or not as Nomad does.</summary>
internal sealed class NomadUnreachable(string message, string hint, Exception? cause = null)
    : InstallerException(ErrorCode.NomadUnreachable, message, hint, cause)
{
    private const string OtherAddress = "for another address, set nomad.address in the answers or NOMAD_ADDR";

    /// <summary>The hint if nothing accepts the connection; it depends on whether Nomad is installed.</summary>
    /// <param name="installed">Whether Nomad is installed on this host; null to find out.</param>
    internal static string HintFor(Uri address, bool? installed = null) =>
        !address.IsLoopback || (installed ?? IsInstalled)
            ? $"systemctl status nomad; {OtherAddress}"
            : "Nomad is not installed on this host: https://developer.hashicorp.com/nomad/install; " + OtherAddress;

    private static bool IsInstalled =>
        File.Exists("/etc/nomad.d/nomad.hcl")
        || (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Any(d => File.Exists(Path.Combine(d, "nomad")));
}

/// <summary>Nomad answers 403: the token is wrong or may not do this.</summary>
/// <param name="what">The denied operation.</param>
/// <param name="capability">The required ACL capability, for example <c>namespace submit-job</c>.</param>
internal sealed class NomadDenied(string what, string capability, bool withToken)
    : InstallerException(
        ErrorCode.NomadDenied,
        $"Nomad denies {what}" + (withToken ? " to this token" : ": no token was given"),
        $"It needs the capability {capability}. Give a token that has it: nomad.token in the answers, or NOMAD_TOKEN."
            + (withToken ? " Nomad says the same of a token that it does not know or that has expired." : "")
    );

/// <summary>Nomad answers that what was asked for is wrong, for example an invalid job.</summary>
internal sealed class NomadRefused(string what, string reason)
    : InstallerException(
        ErrorCode.NomadRefused,
        $"Nomad refuses {what}: {reason}",
        "Read the job that was sent, in the directory generated/ of the state directory."
    )
{
    /// <summary>
    /// Nomad's multi-line lists of nested errors condensed to the innermost ones, on one line
    /// (hashicorp/go-multierror's format, as in the recorded <c>error-register-invalid-job</c>).
    /// </summary>
    public static string Condense(string body)
    {
        var leaves = body.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(l => l.TrimStart('*', ' '))
            .Select(l =>
                l.EndsWith("1 error occurred:", StringComparison.Ordinal)
                    ? l[..^"1 error occurred:".Length].TrimEnd(' ', ':')
                    : l
            )
            .Where(l => l.Length > 0 && !l.EndsWith("errors occurred:", StringComparison.Ordinal));
        return string.Join(": ", leaves);
    }
}

/// <summary>Nomad does not run a command in a container.</summary>
/// <param name="task">The task of the container.</param>
/// <param name="reason">Nomad's words, and what they do not say.</param>
internal sealed class NomadCommandRefused(string task, string reason, string hint)
    : InstallerException(
        ErrorCode.CommandRefused,
        $"Nomad does not run the command in the container {task}: {reason}",
        hint
    )
{
    /// <summary>For another reason than a missing capability.</summary>
    public static NomadCommandRefused Because(string task, string reason) =>
        new(task, reason, "The container may have ended in this moment. Run the same command again.");

    /// <summary>The client's configuration forbids commands in containers.</summary>
    public static NomadCommandRefused ByClient(string task) =>
        new(
            task,
            "its client allows no commands",
            "Set disable_remote_exec = false in the client's configuration (client block), then restart the client."
        );
}

/// <summary>Something changed at Nomad between the look and the change: a job's modify index, a variable's.</summary>
internal sealed class NomadConflict(string what)
    : InstallerException(
        ErrorCode.NomadConflict,
        $"{what} changed at Nomad since it was planned",
        "Another program or person changed it. See what would change now: erp-installer plan"
    );

/// <summary>The answers name no node of Nomad's, or more than one.</summary>
internal sealed class NomadNodeUnknown : InstallerException
{
    private NomadNodeUnknown(string message, string hint)
        : base(ErrorCode.NomadNodeUnknown, message, hint) { }

    /// <summary>No node has this name or id.</summary>
    /// <param name="key">The answer's key.</param>
    public static NomadNodeUnknown None(string node, IReadOnlyList<NomadNodeRow> rows, string key) =>
        new($"Nomad has no node {node}", Known(rows, key));

    /// <summary>The agent at this address is a server only, so it is no node itself.</summary>
    public static NomadNodeUnknown NoClient(Uri address, IReadOnlyList<NomadNodeRow> rows) =>
        new($"The Nomad agent at {address} is no client, and nomad.node names none", Known(rows, "nomad.node"));

    /// <summary>Several nodes have this name.</summary>
    /// <param name="key">The answer's key.</param>
    public static NomadNodeUnknown Several(string node, IReadOnlyList<string> ids, string key) =>
        new(
            $"{ids.Count} nodes have the name {node}",
            $"Give the id instead, in {key}: \"{ids[0]}\" (or {string.Join(", ", ids.Skip(1))})"
        );

    private static string Known(IReadOnlyList<NomadNodeRow> rows, string key) =>
        rows.Count == 0
            ? "It has no nodes at all: start a client agent."
            : $"Its nodes: {string.Join(", ", rows.Select(r => r.Name))}. Set {key} in the answers.";
}

/// <summary>Nomad has no log of a task that could be read.</summary>
internal sealed class NomadLogMissing(string task, NomadLogAbsence absence)
    : InstallerException(
        ErrorCode.NomadLogMissing,
        $"the log of {task} cannot be read: {Words(absence)}",
        Advice(absence)
    )
{
    /// <summary>Why there is none.</summary>
    public NomadLogAbsence Absence => absence;

    private static string Words(NomadLogAbsence absence) =>
        absence switch
        {
            NomadLogAbsence.NotStarted => "it has not started",
            NomadLogAbsence.Removed =>
                "Nomad has removed the ended allocation with its log, as it does while the disk is over 80 % full",
            _ => "Nomad keeps no log of it; disable_log_collection may be set for the docker plugin",
        };

    // gc_disk_usage_threshold of the client, 80 unless configured (client/gc.go).
    private static string Advice(NomadLogAbsence absence) =>
        absence switch
        {
            NomadLogAbsence.NotStarted => "Wait until it runs.",
            NomadLogAbsence.Removed =>
                "Free space on the disk with Nomad's alloc_dir, below 80 %, and run the same command again: "
                    + "erp-installer install",
            _ => "Allow log collection in the client's configuration (plugin \"docker\": disable_log_collection = "
                + "false), "
                + "restart the client, and run again: erp-installer install",
        };
}

/// <summary>Why a task's log cannot be read.</summary>
internal enum NomadLogAbsence
{
    /// <summary>The task has not started yet.</summary>
    NotStarted,

    /// <summary>The client has removed the allocation.</summary>
    Removed,

    /// <summary>The client collects no logs.</summary>
    NotKept,
}
