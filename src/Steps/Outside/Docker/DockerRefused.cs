using System.Text.RegularExpressions;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Outside.Docker;

/// <summary>The Docker engine answers a request with an error.</summary>
internal sealed partial class DockerRefused(string message, string hint, Exception? cause = null)
    : InstallerException(ErrorCode.DockerRefused, message, hint, cause)
{
    /// <summary>The hint when no range of addresses is left for a new network.</summary>
    public const string PoolsHint =
        "Remove networks without containers (docker network prune), or add a pool that no route of this host uses to "
        + "/etc/docker/daemon.json: \"default-address-pools\": [ { \"base\": \"10.201.0.0/16\", \"size\": 24 } ], then "
        + "systemctl restart docker";

    // libnetwork/ipamapi/contract.go; before Docker 27 libnetwork/ipam/allocator.go and its drivers.
    private static readonly IReadOnlyList<Diagnosis> Known =
    [
        new(NoPool(), "no range of addresses is left for a new network", PoolsHint),
        new(
            Diagnosis.Says("no space left on device"),
            "its disk is full",
            "Free disk space: docker system df; docker system prune"
        ),
    ];

    /// <summary>Makes the error, with the cause if it is known.</summary>
    /// <param name="said">The engine's words.</param>
    public static DockerRefused Explain(string said, Exception cause)
    {
        var words = TerminalText.Clean(said).ReplaceLineEndings(" ").Trim();
        return Known.Find(words) is { } known
            ? new DockerRefused($"Docker refuses: {known.What} ({words})", known.Hint, cause)
            : new DockerRefused($"Docker refuses: {words}", "Read its log: journalctl -u docker --since -10min", cause);
    }

    [GeneratedRegex(
        "predefined address pools have been fully subnetted|could not find an available, non-overlapping IPv4",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex NoPool();
}
