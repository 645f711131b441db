using ErpInstaller.Run;

namespace ErpInstaller.Screens.Running;

/// <summary>The seam to the process of a run, which outlives the screen.</summary>
internal interface IInstallRun
{
    /// <summary>Whether a run is at work in this state directory.</summary>
    Task<bool> IsAtWorkAsync(CancellationToken cancellation);

    /// <summary>Starts a run with an answer file. It resumes an earlier one.</summary>
    /// <exception cref="InstallerException">It did not start.</exception>
    Task StartAsync(string answers, CancellationToken cancellation);

    /// <summary>Passes on the past and new events of the run, until its result or a cancellation.</summary>
    /// <exception cref="InstallerException">There is no run, or its process ended without a result.</exception>
    Task FollowAsync(Action<EngineEvent> heard, CancellationToken cancellation);

    /// <summary>Stops the run like ^C: finished steps stay done.</summary>
    Task StopAsync(CancellationToken cancellation);
}
