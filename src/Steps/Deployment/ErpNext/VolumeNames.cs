using System.Security.Cryptography;
using System.Text;
using ErpInstaller.Answers;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Image;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>Names of Docker volumes.</summary>
internal static class VolumeNames
{
    /// <summary>The volume of data on one engine; null: the data may be lost with the container.</summary>
    public static string? Of(string job, ContainerData data) => data.Volume is { } volume ? $"{job}-{volume}" : null;

    /// <summary>The volume of the logs that Frappe writes beside its output.</summary>
    public static JobMount Logs(string job) => new($"{job}-logs", BenchPaths.Logs);

    /// <summary>
    /// The volume of an NFS export. An engine keeps the options with which a volume was created, so another export
    /// needs another volume.
    /// </summary>
    public static string OfNfs(string job, string export, string options) =>
        $"{job}-sites-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{export} {options}")))[..8]}";
}
