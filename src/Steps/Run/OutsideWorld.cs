using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Git;
using ErpInstaller.Outside.Host;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Outside.Site;

namespace ErpInstaller.Run;

/// <summary>
/// The seams to everything outside this process. There are two sets: the real one, and the rehearsal's, which answers
/// like the real one and changes nothing. The maker disposes of it, which closes its connections.
/// </summary>
public sealed record OutsideWorld : IDisposable
{
    /// <summary>True when everything here is simulated. Every result that is shown says so.</summary>
    public required bool IsRehearsal { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The machine this runs on.</summary>
    public required IHost Host { get; init; }

    /// <summary>Remote git repositories.</summary>
    public required IGitRemote Git { get; init; }

    /// <summary>The Docker engine on this host.</summary>
    public required IDockerEngine Docker { get; init; }

    /// <summary>The Nomad that runs everything.</summary>
    public required NomadClient Nomad { get; init; }

    /// <summary>The installed site, as its users reach it.</summary>
    public required ISite Site { get; init; }

    /// <summary>Closes the connections to Docker and Nomad. Git, host and site keep none between two calls.</summary>
    public void Dispose()
    {
        (Docker as IDisposable)?.Dispose();
        Nomad.Dispose();
    }
}
