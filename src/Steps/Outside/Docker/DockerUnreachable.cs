using System.Net.Sockets;
using ErpInstaller.Core.Errors;

namespace ErpInstaller.Outside.Docker;

/// <summary>The Docker engine does not answer.</summary>
internal sealed class DockerUnreachable(string message, string hint, Exception? cause = null)
    : InstallerException(ErrorCode.DockerUnreachable, message, hint, cause)
{
    private static readonly string[] DaemonPlaces =
    [
        "/usr/bin/dockerd",
        "/usr/sbin/dockerd",
        "/usr/local/bin/dockerd",
        "/snap/bin/docker",
        "/usr/bin/dockerd-rootless.sh",
    ];

    /// <summary>Finds the reason: not installed, not running, no permission, or a broken connection.</summary>
    /// <param name="installed">Whether Docker is installed on this host; null to find out.</param>
    internal static DockerUnreachable Explain(Uri endpoint, Exception cause, bool? installed = null)
    {
        var place = Place(endpoint);
        return SocketErrorOf(cause) switch
        {
            SocketError.AccessDenied => new DockerUnreachable(
                $"{place}: this user may not talk to Docker",
                $"sudo usermod -aG docker {Environment.UserName}   then log in again, or run this as root",
                cause
            ),
            SocketError.AddressNotAvailable when installed ?? DaemonPlaces.Any(File.Exists) => NotRunning(place, cause),
            SocketError.AddressNotAvailable => new DockerUnreachable(
                $"{place}: Docker is not installed on this host",
                "apt-get install docker.io   (other systems: https://docs.docker.com/engine/install/)",
                cause
            ),
            SocketError.ConnectionRefused => NotRunning(place, cause),
            _ => new DockerUnreachable(
                $"{place}: the connection to Docker broke: {Innermost(cause).Message}",
                "Read its log: journalctl -u docker --since -10min",
                cause
            ),
        };
    }

    /// <summary>It accepts connections and does not answer.</summary>
    internal static DockerUnreachable Silent(Uri endpoint, TimeSpan waited, Exception cause) =>
        new(
            $"{Place(endpoint)}: Docker does not answer within {waited.TotalSeconds:0} s",
            "Read its log: journalctl -u docker --since -10min",
            cause
        );

    /// <summary>Another program than a Docker engine answers.</summary>
    internal static DockerUnreachable Unreadable(Uri endpoint, Exception cause) =>
        new(
            $"{Place(endpoint)}: the answer is not Docker's: {Innermost(cause).Message}",
            "Check DOCKER_HOST and docker context ls: another program may listen there",
            cause
        );

    /// <summary>Its address cannot be determined.</summary>
    internal static DockerUnreachable Misconfigured(Exception cause) =>
        new(
            $"The address of Docker cannot be determined: {cause.Message}",
            "Check DOCKER_HOST and `docker context ls`; ssh:// is not supported.",
            cause
        );

    private static DockerUnreachable NotRunning(string place, Exception cause) =>
        new($"{place}: Docker is installed and does not run", "systemctl enable --now docker", cause);

    private static string Place(Uri endpoint) =>
        endpoint.Scheme == "unix" ? endpoint.LocalPath : endpoint.OriginalString;

    private static SocketError? SocketErrorOf(Exception error) =>
        error is SocketException socket ? socket.SocketErrorCode
        : error.InnerException is { } inner ? SocketErrorOf(inner)
        : null;

    private static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;
}
