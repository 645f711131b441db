using System.Security.Cryptography;
using System.Text;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Image;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>Names of Docker volumes.</summary>
internal static class VolumeNames
{
    /// <summary>The volume of data that one engine keeps.</summary>
    public static string Of(string job, DataVolume data) =>
        data == DataVolume.Database ? $"{job}-db-data" : $"{job}-redis-queue-data";

    /// <summary>The volume of the logs that Frappe writes beside its output.</summary>
    public static JobMount Logs(string job) => new($"{job}-logs", BenchPaths.Logs);

    /// <summary>
    /// The volume of an NFS export. An engine keeps the options that a volume was made with for ever: another export must
    /// be another volume.
    /// </summary>
    public static string OfNfs(string job, string export, string options) =>
        $"{job}-sites-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{export} {options}")))[..8]}";
}
