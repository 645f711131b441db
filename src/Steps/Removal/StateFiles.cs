using ErpInstaller.Core.Files;
using ErpInstaller.Deployment;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Run;
using ErpInstaller.Updates;

namespace ErpInstaller.Removal;

/// <summary>
/// The files of the state directory. A directory that an operator named may have files of others, so only known names
/// are removed. A test compares the directory with that before the first install.
/// </summary>
public static class StateFiles
{
    // With them and the data, an install serves the same site again.
    private static readonly string[] OfTheData =
    [
        "answers.toml",
        "apps.lock.toml",
        "apps.packages.json",
        "apps.packages.made-here",
        "secrets",
    ];

    private static readonly string[] Others =
    [
        "draft.toml",
        "state.toml",
        $"{Operation.BackupId}.toml",
        $"{Operation.RestoreId}.toml",
        $"{Operation.RollbackId}.toml",
        $"{Operation.RemoveId}.toml",
        UpdateRecord.FileName,
        "plan.toml",
        "build-times.toml",
        "host-facts.json",
        ApplicationStop.FileName,
        ApplicationStop.PreviousFileName,
        "simulated-docker.json",
        "simulated-nomad.json",
        "mail.txt",
        "restored.txt",
        "verified.txt",
        "build.log",
        InitLog.FileName,
        "install.log",
        "engine.out",
        "engine.sock",
        "lock",
        "certificate",
        "generated",
        "sources",
        "simulated-host-volume",
    ];

    /// <summary>Removes them, and the directory if nothing else is in it.</summary>
    /// <param name="keepsData">The data of the site stays, and what serves it again.</param>
    public static void Remove(StateDirectory directory, bool keepsData)
    {
        ArgumentNullException.ThrowIfNull(directory);
        foreach (var path in (keepsData ? Others : [.. OfTheData, .. Others]).Select(directory.In))
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }

        if (Directory.Exists(directory.Path) && !Directory.EnumerateFileSystemEntries(directory.Path).Any())
        {
            Directory.Delete(directory.Path);
        }
    }
}
