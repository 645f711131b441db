using ErpInstaller.Run;

namespace ErpInstaller.Screens.Running;

/// <summary>The seam to where an installation runs: a process of its own, which outlives the screen.</summary>
internal interface IInstallRun
{
    /// <summary>An installation is at work in this state directory.</summary>
    Task<bool> IsAtWorkAsync(CancellationToken cancellation);

    /// <summary>Starts an installation by an answer file; it goes on where an earlier one ended.</summary>
    /// <exception cref="InstallerException">It did not start.</exception>
    Task StartAsync(string answers, CancellationToken cancellation);

    /// <summary>Tells what happened and happens in the installation at work, up to its result or until the token ends it.</summary>
    /// <exception cref="InstallerException">There is none, or its process ended without a result.</exception>
    Task FollowAsync(Action<EngineEvent> heard, CancellationToken cancellation);

    /// <summary>Stops the installation as ^C would: what is done stays done.</summary>
    Task StopAsync(CancellationToken cancellation);
}
