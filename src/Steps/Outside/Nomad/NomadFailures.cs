using System.Text.RegularExpressions;
using ErpInstaller.Core.Errors;

namespace ErpInstaller.Outside.Nomad;

/// <summary>The causes of failure that Nomad and its Docker driver name.</summary>
internal static partial class NomadFailures
{
    private const string PortHint =
        "Another program listens on the port: ss -ltnp. Stop it, or choose other ports: site.http_port, "
        + "site.https_port.";

    /// <summary>
    /// Failures of the driver to create or start a container, except pulls, which a registry causes.
    /// </summary>
    public static readonly IReadOnlyList<Diagnosis> OfContainers =
    [
        new(
            Diagnosis.Says("volumes are not enabled"),
            null,
            "Allow volumes in the client's configuration: plugin \"docker\" { config { volumes { enabled = true } } }. "
                + "Then restart the Nomad client."
        )
        {
            IsFinal = true,
        },
        new(
            NetworkMissing(),
            null,
            "Something removed the Docker network. Run the same command again: it creates the network again."
        )
        {
            IsFinal = true,
        },
        new(
            Diagnosis.Says("bind source path does not exist"),
            null,
            "Create the directory on the node (mkdir -p), then run the same command again."
        )
        {
            IsFinal = true,
        },
        new(Diagnosis.Says("port is already allocated"), null, PortHint) { IsFinal = true },
        // A container that is ending may hold the port a moment longer.
        new(Diagnosis.Says("address already in use"), null, PortHint),
        new(
            Diagnosis.Says("not found"),
            null,
            "The node lacks what the message names. Look at the client's log: journalctl -u nomad --since -10min"
        )
        {
            IsFinal = true,
        },
    ];

    /// <summary>A request that a server could not answer at the moment: the next try may go well.</summary>
    public static readonly IReadOnlyList<Diagnosis> OfRequests =
    [
        new(
            Diagnosis.Says(
                "No cluster leader",
                "leadership lost",
                "node is not the leader",
                "leadership transfer in progress",
                "lead thread didn't get connection"
            ),
            "Nomad's servers have no leader",
            "nomad server members"
        ),
        new(
            Diagnosis.Says(
                "failed to get conn",
                "connection refused",
                "connection reset",
                "i/o timeout",
                "EOF",
                "shutdown"
            ),
            "the agent has no connection to a server",
            "nomad server members"
        ),
    ];

    /// <summary>
    /// The image and the reason of a failed pull, from a driver failure; null for another failure.
    /// </summary>
    public static (string Reference, string Said)? Pull(string said) =>
        PullFailed().Match(said) is { Success: true } match ? (match.Groups[1].Value, match.Groups[2].Value) : null;

    // drivers/docker/coordinator.go; recorded in allocation-failed-image-pull.
    [GeneratedRegex("^Failed to pull `([^`]+)`: (.+)$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex PullFailed();

    [GeneratedRegex("network .*not found", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex NetworkMissing();
}
