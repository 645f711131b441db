using ErpInstaller.Answers;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Errors;
using ErpInstaller.Releases;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// The memory and disk space that building the image takes: memory for the largest front end among the chosen apps and
/// for the programs beside it, disk space for all chosen apps.
/// </summary>
/// <param name="App">The app whose front end takes the most memory; null: no app is chosen.</param>
/// <param name="Bytes">Memory for that front end, the builder and the engine.</param>
/// <param name="DiskBytes">Disk space for the layers, packages and build cache of the apps.</param>
internal sealed record BuildNeed(string? App, long Bytes, long DiskBytes)
{
    // The sum for the eight apps of the guide.
    private const long UsualDisk = 13 * Amounts.GB;

    // Memory for the builder, the engine and the host's other programs.
    private const long Beside = 1536 * 1024L * 1024;
    private const long MiB = 1024 * 1024;

    /// <summary>Adds up the release's figures for the apps that the answers choose.</summary>
    public static BuildNeed Of(AnswerFile answers)
    {
        try
        {
            var release = new ReleaseCatalog(new AssetSource()).Load(answers);
            var apps = AppSelection.Resolve(answers.Apps, release);
            var most = apps.MaxBy(a => Of(release, a).MemoryMib);
            var memory = most is null ? 0 : Of(release, most).MemoryMib * MiB;
            return new BuildNeed(most?.Name, memory + Beside, apps.Sum(a => Of(release, a).DiskMb * Amounts.MB));
        }
        catch (InstallerException)
        {
            // The answers are not complete yet: assume the figures of most apps.
            return new BuildNeed(null, (ReleaseBuild.DefaultMemoryMib * MiB) + Beside, UsualDisk);
        }
    }

    private static ReleaseBuild Of(Release release, ChosenApp app) => release.Apps[app.Name].Build;
}
