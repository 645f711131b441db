using System.Text.RegularExpressions;

namespace ErpInstaller.Outside.Nomad;

/// <summary>What to do about a docker driver that is not healthy.</summary>
internal static partial class DriverHealth
{
    // The driver of every supported Nomad speaks a newer API version than this.
    private static readonly Version Early = new(1, 40);

    /// <summary>The hint.</summary>
    /// <param name="description">The driver's health description; null: none.</param>
    /// <param name="node">The node's id.</param>
    /// <param name="minApi">The lowest API version of this host's engine, for example 1.44; null: unknown, or the node
    /// is another host.</param>
    /// <remarks>
    /// When the engine refuses the driver's API version, most versions of the driver only say "Failed to connect to
    /// docker daemon" (drivers/docker/fingerprint.go).
    /// </remarks>
    public static string Hint(string? description, string node, string? minApi = null)
    {
        var refused = TooOld().Match(description ?? "");
        var status = $"systemctl status docker; nomad node status -verbose {node}";
        if (refused.Success)
        {
            return "Docker is newer than this Nomad supports: update Nomad on the node. "
                + Until(refused.Groups[1].Value);
        }

        return Version.TryParse(minApi, out var lowest) && lowest > Early
            ? $"Docker runs here and refuses API versions below {minApi}, which an older Nomad speaks: update Nomad. "
                + $"{Until(Early.ToString())}. Otherwise: {status}"
            : status;
    }

    private static string Until(string version) =>
        $"Until then: \"min-api-version\": \"{version}\" in /etc/docker/daemon.json, then systemctl restart docker";

    // moby, daemon/server/middleware/version.go
    [GeneratedRegex(@"client version ([0-9]+\.[0-9]+) is too old", RegexOptions.IgnoreCase)]
    private static partial Regex TooOld();
}
