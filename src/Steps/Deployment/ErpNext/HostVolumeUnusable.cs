using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>The host volume that the certificate is to be delivered in cannot take it.</summary>
public sealed class HostVolumeUnusable : InstallerException
{
    private const string Else = "or certificate.delivery = \"variable\" in the answers, which needs no host volume";

    private HostVolumeUnusable(string message, string hint, Exception? cause = null)
        : base(message, hint, ExitCode.StepFailed, cause) { }

    /// <summary>The client's configuration names none of this name.</summary>
    public static HostVolumeUnusable Missing(string name, string node) =>
        new($"The node {node} has no host volume {name}", $"{MakeIt(name)}; {Else}");

    /// <summary>A command for the node that makes one.</summary>
    public static string MakeIt(string name) =>
        $"sudo install -d -m 755 /opt/{name} && printf 'client {{\\n  host_volume \"{name}\" {{ path = \"/opt/{name}\" }}\\n}}\\n' "
        + $"| sudo tee /etc/nomad.d/{name}.hcl && sudo systemctl restart nomad";

    /// <summary>The node is another machine.</summary>
    public static HostVolumeUnusable Elsewhere(string name, string node, string host) =>
        new(
            $"The host volume {name} is on the node {node}, and this is {host}: the certificate cannot be written into it from here",
            $"Run the installer on {node}; {Else}"
        );

    /// <summary>What the client's configuration names is no directory here.</summary>
    public static HostVolumeUnusable NoDirectory(string name, string path) =>
        new(
            $"The host volume {name} is {path} on this node, and there is no such directory",
            $"sudo install -d -m 755 {ShellWord.Of(path)}; {Else}"
        );

    /// <summary>The container's user cannot reach a file in it.</summary>
    public static HostVolumeUnusable Closed(string path, int user) =>
        new(
            $"{path}: the container's user {user} may not enter it, and nginx could not read the certificate",
            $"sudo chmod o+x {ShellWord.Of(path)}"
        );

    /// <summary>This process may not do it.</summary>
    public static HostVolumeUnusable Denied(string path, Exception cause) =>
        new($"{path}: {cause.Message}", $"Run as root: the file is to belong to the container's user; {Else}", cause);
}
