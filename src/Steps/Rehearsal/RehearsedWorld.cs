using ErpInstaller.Answers;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Files;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Releases;
using ErpInstaller.Run;

namespace ErpInstaller.Rehearsal;

/// <summary>
/// The outside world of <c>--rehearse</c>: it answers as the real world does and changes nothing outside the
/// state directory.
/// </summary>
internal static class RehearsedWorld
{
    /// <summary>Creates one. It keeps its jobs and images in the state directory from one run to the next.</summary>
    /// <param name="pace">The speed; null for <see cref="RehearsalPace.Quick"/>.</param>
    public static OutsideWorld Create(
        StepSettings settings,
        StateDirectory directory,
        AssetSource assets,
        RehearsalPace? pace = null
    )
    {
        pace ??= RehearsalPace.Quick;
        var nomad = new RehearsedNomad(assets, TimeProvider.System, directory.In("simulated-nomad.json"))
        {
            Pace = pace.Stage,
            AtOnce = pace.AtOnce,
        };
        RehearsedCluster.Prepare(nomad, settings.Answers);
        if (CertificateVolume.IsWanted(settings.Answers))
        {
            nomad.HostDirectories[CertificateVolume.NameOf(settings.Answers.Nomad.Job)] = directory.In(
                "simulated-host-volume"
            );
        }

        return new OutsideWorld
        {
            IsRehearsal = true,
            Host = new RehearsedHost(TimeProvider.System),
            Git = new RehearsedGit(new ReleaseCatalog(assets), WithForks(settings)),
            Docker = new RehearsedDocker(TimeProvider.System, directory.In("simulated-docker.json"))
            {
                Pace = pace.Command,
            },
            Nomad = new NomadClient(new NomadConnection { Address = new Uri("http://rehearsal") }, nomad),
            Site = new RehearsedSite(nomad, settings.Answers.Nomad.Job),
        };
    }

    private static Release WithForks(StepSettings settings) =>
        settings.Release with
        {
            Apps = settings
                .Release.Apps.Concat(
                    AppSelection
                        .Forks(settings.Answers.Apps, settings.Release)
                        .Select(f => KeyValuePair.Create(f.Name, new ReleaseApp { Url = f.Url, Ref = f.Ref }))
                )
                .ToDictionary(),
        };
}
