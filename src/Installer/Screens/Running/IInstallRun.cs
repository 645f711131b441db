using ErpInstaller.Run;

namespace ErpInstaller.Screens.Running;

/// <summary>The seam to the process of a run, which outlives the screen.</summary>
internal interface IInstallRun
{
    /// <summary>Whether a run is at work in this state directory.</summary>
    Task<bool> IsAtWorkAsync(CancellationToken cancellation);

    /// <summary>Starts a run. It resumes an earlier one that was interrupted.</summary>
    /// <param name="answers">The answer file; null for the accepted answers.</param>
    /// <exception cref="InstallerException">It did not start.</exception>
    Task StartAsync(Operation operation, string? answers, CancellationToken cancellation);

    /// <summary>Passes on the past and new events of the run, until its result or a cancellation.</summary>
    /// <exception cref="InstallerException">There is no run, or its process ended without a result.</exception>
    Task FollowAsync(Action<EngineEvent> heard, CancellationToken cancellation);

    /// <summary>Stops the run like ^C: finished steps stay done.</summary>
    Task StopAsync(CancellationToken cancellation);
}
