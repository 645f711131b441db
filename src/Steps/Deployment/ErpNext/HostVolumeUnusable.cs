using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>The certificate cannot be delivered in its host volume.</summary>
internal static class HostVolumeUnusable
{
    private const string Otherwise =
        "or certificate.delivery = \"variable\" in the answers, which needs no host volume";

    /// <summary>The client's configuration has no host volume of this name.</summary>
    public static InstallerException Missing(string name, string node) =>
        Of($"The node {node} has no host volume {name}", $"{MakeIt(name)}; {Otherwise}");

    /// <summary>The command that makes one, to be run on the node.</summary>
    public static string MakeIt(string name) =>
        $"sudo install -d -m 755 /opt/{name} && printf 'client {{\\n"
        + $"  host_volume \"{name}\" {{ path = \"/opt/{name}\" }}\\n}}\\n' "
        + $"| sudo tee /etc/nomad.d/{name}.hcl && sudo systemctl restart nomad";

    /// <summary>The node is another machine.</summary>
    public static InstallerException Elsewhere(string name, string node, string host) =>
        Of(
            $"The host volume {name} is on the node {node}, and this is {host}: "
                + "the certificate cannot be written into it from here",
            $"Run the installer on {node}; {Otherwise}"
        );

    /// <summary>The path in the client's configuration is no directory on this node.</summary>
    public static InstallerException NoDirectory(string name, string path) =>
        Of(
            $"The host volume {name} is {path} on this node, and there is no such directory",
            $"sudo install -d -m 755 {ShellWord.Of(path)}; {Otherwise}"
        );

    /// <summary>The container's user cannot reach a file in it.</summary>
    public static InstallerException Closed(string path, int user) =>
        Of(
            $"{path}: the container's user {user} may not enter it, so nginx cannot read the certificate",
            $"sudo chmod o+x {ShellWord.Of(path)}"
        );

    /// <summary>This process lacks the permission.</summary>
    public static InstallerException Denied(string path, Exception cause) =>
        Of(
            $"{path}: {cause.Message}",
            $"Run as root: the file must belong to the container's user; {Otherwise}",
            cause
        );

    private static InstallerException Of(string message, string hint, Exception? cause = null) =>
        new(ErrorCode.HostVolumeUnusable, message, hint, cause);
}
