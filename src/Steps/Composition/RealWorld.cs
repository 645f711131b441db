using ErpInstaller.Core.Secrets;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Git;
using ErpInstaller.Outside.Host;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Outside.Site;
using ErpInstaller.Run;

namespace ErpInstaller.Composition;

/// <summary>The outside world as it is.</summary>
public static class RealWorld
{
    /// <summary>Connects lazily: making it opens nothing.</summary>
    /// <exception cref="InstallerException">The answers' Nomad connection is wrong in itself.</exception>
    public static OutsideWorld Create(StepSettings settings, SecretStore secrets)
    {
        var nomad = NomadConnections.From(settings.Answers.Nomad, secrets);
        return new OutsideWorld
        {
            IsRehearsal = false,
            Host = new LinuxHost(),
            Git = new GitRemote(),
            Docker = new DockerEngine(),
            Nomad = new NomadClient(nomad, nomad.CreateHandler()),
            Site = new HttpSite(),
        };
    }
}
