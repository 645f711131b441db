using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Assets;
using ErpInstaller.Engine;
using ErpInstaller.Releases;

namespace ErpInstaller.HostChecks;

/// <summary>Memory that building the image takes: the front end of the chosen app that takes most, and what is beside it.</summary>
/// <param name="App">The app whose front end takes most; null: no apps are chosen.</param>
/// <param name="Bytes">What it takes with the builder and the engine.</param>
internal sealed record BuildNeed(string? App, long Bytes)
{
    // The builder, the engine and the host's other programs.
    private const long Beside = 1536 * 1024L * 1024;
    private const long MiB = 1024 * 1024;

    /// <summary>By the release's own figures for the apps that the answers choose.</summary>
    public static BuildNeed Of(AnswerFile answers)
    {
        try
        {
            var release = new ReleaseCatalog(new AssetSource()).Load(answers.Erpnext.Release);
            var most = AppSelection.Resolve(answers.Apps, release).MaxBy(a => Mib(release, a.Name));
            return most is null ? new BuildNeed(null, Beside) : new BuildNeed(most.Name, (Mib(release, most.Name) * MiB) + Beside);
        }
        catch (InstallerException)
        {
            // The answers are not complete yet: what most apps take.
            return new BuildNeed(null, (ReleaseBuild.DefaultMemoryMib * MiB) + Beside);
        }
    }

    private static long Mib(Release release, string app) => release.Apps[app].Build.MemoryMib;
}
