using ErpInstaller.Answers;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Errors;
using ErpInstaller.Releases;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// What building the image takes: memory for the front end of the chosen app that takes most and what is beside it, and
/// room on the disk for all chosen apps.
/// </summary>
/// <param name="App">The app whose front end takes most; null: no apps are chosen.</param>
/// <param name="Bytes">Memory that it takes with the builder and the engine.</param>
/// <param name="DiskBytes">Room that the layers, packages and build cache of the apps take.</param>
internal sealed record BuildNeed(string? App, long Bytes, long DiskBytes)
{
    // For the guide's eight apps.
    private const long UsualDisk = 13 * Amounts.GB;

    // The builder, the engine and the host's other programs.
    private const long Beside = 1536 * 1024L * 1024;
    private const long MiB = 1024 * 1024;

    /// <summary>By the release's own figures for the apps that the answers choose.</summary>
    public static BuildNeed Of(AnswerFile answers)
    {
        try
        {
            var release = new ReleaseCatalog(new AssetSource()).Load(answers.Erpnext.Release);
            var apps = AppSelection.Resolve(answers.Apps, release);
            var most = apps.MaxBy(a => Of(release, a).MemoryMib);
            var memory = most is null ? 0 : Of(release, most).MemoryMib * MiB;
            return new BuildNeed(most?.Name, memory + Beside, apps.Sum(a => Of(release, a).DiskMb * Amounts.MB));
        }
        catch (InstallerException)
        {
            // The answers are not complete yet: what most apps take.
            return new BuildNeed(null, (ReleaseBuild.DefaultMemoryMib * MiB) + Beside, UsualDisk);
        }
    }

    private static ReleaseBuild Of(Release release, ChosenApp app) => release.Apps[app.Name].Build;
}
