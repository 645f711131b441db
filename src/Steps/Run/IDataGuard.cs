using ErpInstaller.Core.Errors;

namespace ErpInstaller.Run;

/// <summary>
/// Protects the site's data while an install changes its database. The engine and the deployment call it around the
/// change. It is a seam between layers: the guard makes backups, and backups use the deployment.
/// </summary>
internal interface IDataGuard
{
    /// <summary>Before the first step: finishes a way back that was interrupted.</summary>
    /// <exception cref="InstallerException">The site went back to what it was, or could not.</exception>
    Task ResumeAsync(StepContext context, CancellationToken cancellation);

    /// <summary>
    /// Closes the site for its visitors, pauses the scheduler and waits until no worker has a job. The application
    /// still runs.
    /// </summary>
    /// <exception cref="InstallerException">A worker did not finish. The site is open again.</exception>
    Task CloseAsync(StepContext context, CancellationToken cancellation);

    /// <summary>Writes the backup that a way back needs. The application is stopped.</summary>
    /// <exception cref="InstallerException">There is no backup, so the database must not change.</exception>
    Task SecureAsync(StepContext context, CancellationToken cancellation);

    /// <summary>
    /// Whether apps are taken out of the site: the run was asked for that, or an update that is under way was.
    /// </summary>
    bool RemovesApps(StepContext context);

    /// <summary>Takes these apps out of the site with their data, which were secured.</summary>
    /// <exception cref="InstallerException">An app could not be removed.</exception>
    Task RemoveAppsAsync(StepContext context, CancellationToken cancellation);

    /// <summary>Opens the site again. Does nothing when it was not closed.</summary>
    Task ReopenAsync(StepContext context, CancellationToken cancellation);

    /// <summary>
    /// The application of before serves again, and the database was not changed: opens the site, and ends the update.
    /// Does nothing when it was not closed.
    /// </summary>
    Task AbandonAsync(StepContext context, CancellationToken cancellation);

    /// <summary>
    /// A restore replaced the site, so an update that did not end is over: opens the site. Does nothing when it was not
    /// closed.
    /// </summary>
    Task ReplacedAsync(StepContext context, CancellationToken cancellation);

    /// <summary>
    /// A step failed: goes back to the application and the data of before if the database was changed since they were
    /// secured.
    /// </summary>
    /// <returns>The error for the operator: the step's own, or one that also describes the state of the site.</returns>
    Task<InstallerException> FailedAsync(InstallerException error, StepContext context, CancellationToken cancellation);

    /// <summary>
    /// The pass that a request must have while the site is closed, see nginx.conf; null: the site is open.
    /// </summary>
    Task<string?> FindPassAsync(StepContext context, CancellationToken cancellation);

    /// <summary>The state of an interrupted update, as a sentence; null: there is none.</summary>
    string? FindUnfinished(StepContext context);

    /// <summary>The further changes of an update of the database, for a plan.</summary>
    IEnumerable<PlannedChange> Foretell(StepContext context);
}

/// <summary>
/// Guards nothing: for operations that begin no update. Their requests pass when an update keeps the site closed.
/// </summary>
/// <param name="ofInstall">Knows of that update; null: there is none.</param>
internal sealed class NoDataGuard(IDataGuard? ofInstall = null) : IDataGuard
{
    /// <inheritdoc/>
    public Task ResumeAsync(StepContext context, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task CloseAsync(StepContext context, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task SecureAsync(StepContext context, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public bool RemovesApps(StepContext context) => false;

    /// <inheritdoc/>
    public Task RemoveAppsAsync(StepContext context, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task ReopenAsync(StepContext context, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task AbandonAsync(StepContext context, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task ReplacedAsync(StepContext context, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<InstallerException> FailedAsync(
        InstallerException error,
        StepContext context,
        CancellationToken cancellation
    ) => Task.FromResult(error);

    /// <inheritdoc/>
    public Task<string?> FindPassAsync(StepContext context, CancellationToken cancellation) =>
        ofInstall?.FindPassAsync(context, cancellation) ?? Task.FromResult<string?>(null);

    /// <inheritdoc/>
    public string? FindUnfinished(StepContext context) => null;

    /// <inheritdoc/>
    public IEnumerable<PlannedChange> Foretell(StepContext context) => [];
}
