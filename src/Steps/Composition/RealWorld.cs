using ErpInstaller.Core.Secrets;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Git;
using ErpInstaller.Outside.Host;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Outside.Site;
using ErpInstaller.Run;

namespace ErpInstaller.Composition;

/// <summary>The real outside world.</summary>
internal static class RealWorld
{
    /// <summary>Creates it. The first request to Docker or Nomad connects.</summary>
    /// <param name="docker">The Docker engine; null finds it as the docker command does.</param>
    /// <exception cref="InstallerException">The Nomad settings in the answers cannot be used.</exception>
    public static OutsideWorld Create(StepSettings settings, SecretStore secrets, Uri? docker = null)
    {
        var nomad = NomadConnections.From(settings.Answers.Nomad, secrets);
        return new OutsideWorld
        {
            IsRehearsal = false,
            Host = new LinuxHost(),
            Git = new GitRemote(),
            Docker = new DockerEngine(docker),
            Nomad = new NomadClient(nomad, nomad.CreateHandler()),
            Site = new HttpSite(),
        };
    }
}
