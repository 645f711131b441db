using ErpInstaller.Answers.Files;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Ids;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Run;

/// <summary>
/// Runs the steps in order until the site answers. It probes each step first and does not repeat what is in place, so a
/// run after an interruption resumes where the last one ended.
/// </summary>
public sealed class Installer(Installation installation)
{
    private readonly StateFile _file = new(installation.Directory, installation.Operation.Id);
    private InstallState _state = new();
    private IReadOnlyList<string> _ofOtherInstaller = [];
    private UnfinishedOperation? _unfinished;

    private TimeProvider Time => installation.World.Time;

    /// <summary>
    /// Installs. A failed step throws nothing: the result reports the error, and the state file records it.
    /// </summary>
    /// <param name="acceptChanges">Continue although the answers of finished steps changed.</param>
    /// <param name="cancellation">Interrupts the running step; the state file then says interrupted.</param>
    /// <returns>The last event, with the exit code.</returns>
    public async Task<Finished> RunAsync(bool acceptChanges, CancellationToken cancellation)
    {
        var began = Time.GetTimestamp();
        try
        {
            installation.Directory.Prepare();
            using var held = RunLock.Take(installation.Directory, Time);
            using var log = InstallLog.Open(installation);
            Open(acceptChanges);
            return Tell(await RunStepsAsync(cancellation), began);
        }
        catch (InstallerException e)
        {
            return Tell(Failed(step: null, e), began);
        }
    }

    private Finished Tell(Finished result, long began)
    {
        var timed = result with { Seconds = Time.GetElapsedTime(began).TotalSeconds };
        installation.Events.Publish(timed);
        return timed;
    }

    private void Open(bool acceptChanges)
    {
        _state = _file.Read();
        if (_state.Steps.Count > 0 && _state.Rehearsal != installation.World.IsRehearsal)
        {
            throw RunErrors.RehearsalMismatch(installation.Directory.Path, _state.Rehearsal);
        }

        if (installation.Operation.IsInstall)
        {
            OpenInstall(acceptChanges);
        }
        else
        {
            OpenAnew();
        }
    }

    // An interrupted run is continued under its name. A failed one is not: its cause may be old.
    private void OpenAnew()
    {
        if (_state.Run is null || !_state.IsInterrupted)
        {
            _state = new InstallState
            {
                Rehearsal = installation.World.IsRehearsal,
                Run = UtcStamp.Of(Time.GetUtcNow()),
            };
        }

        // A run that ends between two steps, or while it looks at the next one, has not ended well.
        foreach (var step in installation.Steps)
        {
            _state = _state.With(step.Id, _state.Of(step.Id));
        }

        _state = _state with { Command = installation.Operation.Command };
        _file.Write(_state);
        installation.Run = _state.Run!;
    }

    private void OpenInstall(bool acceptChanges)
    {
        var accepted = new AcceptedAnswers(installation.Directory, installation.Assets);
        var staleness = new Staleness(installation.Settings, _state, accepted);
        var changed = staleness.ChangedSteps(installation.Steps);
        _ofOtherInstaller = [.. installation.Steps.Where(staleness.IsOfOtherInstaller).Select(s => s.Id)];
        if (changed.Count > 0 && !acceptChanges)
        {
            throw RunErrors.AnswersChanged(changed);
        }

        // From here on, this run is the newest one.
        _unfinished = UnfinishedOperation.FindChange(installation.Directory);
        foreach (var step in changed)
        {
            _state = _state.With(step, _state.Of(step) with { Status = StepStatus.Stale });
        }

        _state = _state with
        {
            Rehearsal = installation.World.IsRehearsal,
            Answers = accepted.Write(installation.AnswersText ?? AnswersWriter.Write(installation.Settings.Answers)),
        };
        _file.Write(_state);
    }

    private async Task<Finished> RunStepsAsync(CancellationToken cancellation)
    {
        installation.Events.Publish(
            new RunStarted(
                installation.Settings.Answers.Site.Name,
                installation.Settings.Release.Version,
                installation.World.IsRehearsal,
                [.. installation.Steps.Select(s => s.Id)]
            )
            {
                Operation = installation.Operation.Id,
            }
        );
        if (_unfinished is { } left)
        {
            installation.Events.Publish(new Log(installation.Steps[0].Id, LogLevel.Warning, left.Text));
        }

        if (LookAhead() is { } foreseen)
        {
            return foreseen;
        }

        var isInstall = installation.Operation.IsInstall;
        if (isInstall && await GuardAsync(g => g.ResumeAsync, StepOf(StepId.Deployment), cancellation) is { } resumed)
        {
            return resumed;
        }

        foreach (var step in installation.Steps)
        {
            if (await RunStepAsync(step, cancellation) is { } ended)
            {
                return ended;
            }
        }

        if (await OpenSiteAsync(cancellation) is { } closed)
        {
            return closed;
        }

        return new Finished(
            StepStatus.Done,
            (int)ExitCode.Done,
            installation.World.IsRehearsal,
            Hint: installation.Operation.Hint
        )
        {
            Outputs = _state.Of(installation.Steps[^1].Id).Outputs,
        };
    }

    // While the site is being opened, the last step is not done: if this is killed, the next run continues here.
    private async Task<Finished?> OpenSiteAsync(CancellationToken cancellation)
    {
        var isRestore = installation.Operation.Request is not null;
        if (!installation.Operation.IsInstall && !isRestore)
        {
            return null;
        }

        var last = installation.Steps[^1];
        var done = _state.Of(last.Id);
        Save(last, done with { Status = StepStatus.Running, Finished = null });
        var closed = await GuardAsync(g => isRestore ? g.ReplacedAsync : g.ReopenAsync, last, cancellation);
        if (closed is null)
        {
            Save(last, done);
        }

        return closed;
    }

    /// <returns>Null when no step foresees a failure.</returns>
    private Finished? LookAhead()
    {
        foreach (var step in installation.Steps.Where(s => s is ILooksAhead))
        {
            var began = Time.GetTimestamp();
            try
            {
                ((ILooksAhead)step).LookAhead(installation.ContextOf(step));
            }
            catch (InstallerException e)
            {
                return Failed(step, e, began);
            }
        }

        return null;
    }

    private IStep StepOf(string id) => installation.Steps.FirstOrDefault(s => s.Id == id) ?? installation.Steps[^1];

    /// <returns>Null when the guard has done its part.</returns>
    private async Task<Finished?> GuardAsync(
        Func<IDataGuard, Func<StepContext, CancellationToken, Task>> part,
        IStep step,
        CancellationToken cancellation
    )
    {
        var began = Time.GetTimestamp();
        try
        {
            await part(installation.Guard)(installation.ContextOf(step), cancellation);
            return null;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Interrupted(step, began);
        }
        catch (InstallerException e)
        {
            return Failed(step, e, began);
        }
    }

    // A cancellation during the way back interrupts it; the next run finishes it.
    private async Task<Finished> FailedAsync(
        IStep step,
        InstallerException error,
        long began,
        CancellationToken cancellation
    )
    {
        if (!installation.Operation.IsInstall)
        {
            return Failed(step, error, began);
        }

        try
        {
            return Failed(
                step,
                await installation.Guard.FailedAsync(error, installation.ContextOf(step), cancellation),
                began
            );
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Interrupted(step, began);
        }
    }

    /// <returns>Null when the step is done and the next one may begin.</returns>
    private async Task<Finished?> RunStepAsync(IStep step, CancellationToken cancellation)
    {
        var began = Time.GetTimestamp();
        try
        {
            cancellation.ThrowIfCancellationRequested();
            var context = installation.ContextOf(step);
            var inputs = step.Inputs(installation.Settings).Fingerprint();
            if (_ofOtherInstaller.Contains(step.Id))
            {
                context.Report.Log("another version of the installer did this, with the same answers");
            }

            var probe = await step.ProbeAsync(context, cancellation);
            var skipped = probe is ProbeResult.InPlace;
            if (probe is ProbeResult.Missing missing)
            {
                if (!StepId.OnlyLooks(step.Id))
                {
                    AnswerSecrets.Check(installation.Settings.Answers, installation.Secrets);
                }

                Begin(step, inputs, missing.Reason);
                var plan = await step.PlanAsync(context, cancellation);
                if (plan.Obstacle is { } obstacle)
                {
                    throw obstacle;
                }

                await step.RunAsync(plan, context, cancellation);
                probe = await step.ProbeAsync(context, cancellation);
            }

            End(step, inputs, probe, skipped, context, began);
            return null;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Interrupted(step, began);
        }
        catch (InstallerException e)
        {
            return await FailedAsync(step, e, began, cancellation);
        }
        catch (IOException e) when (StateDirectoryUnusable.IsFull(e))
        {
            return Failed(step, new StateDirectoryUnusable($"{step.Id}: {e.Message}", e), began);
        }
        // After any exception, the state and the result must say that the step failed.
#pragma warning disable CA1031
        catch (Exception e)
#pragma warning restore CA1031
        {
            installation.Events.Publish(new Log(step.Id, LogLevel.Output, e.ToString()));
            return Failed(step, InstallerException.Internal(e, installation.Directory.InstallLog), began);
        }
    }

    private void Begin(IStep step, string inputs, string why)
    {
        var before = _state.Of(step.Id);
        // A step that is done again, for other answers or for what is missing, begins at the first attempt.
        var attempt = before.Status == StepStatus.Done ? 1 : before.Attempt + 1;
        Save(
            step,
            new StepState
            {
                Status = StepStatus.Running,
                Attempt = attempt,
                Inputs = inputs,
                Started = Time.GetUtcNow(),
                Outputs = before.Outputs,
            }
        );
        installation.Events.Publish(new StepStarted(step.Id, attempt, why));
    }

    private void End(IStep step, string inputs, ProbeResult probe, bool skipped, StepContext context, long began)
    {
        if (probe is not ProbeResult.InPlace there)
        {
            throw RunErrors.ResultMissing(step.Id, ((ProbeResult.Missing)probe).Reason);
        }

        context.Keep(there.Outputs);
        var before = _state.Of(step.Id);
        var after = before with
        {
            Status = StepStatus.Done,
            Inputs = inputs,
            Finished = skipped ? before.Finished ?? Time.GetUtcNow() : Time.GetUtcNow(),
            Error = null,
            Message = null,
            Hint = null,
            Outputs = new Dictionary<string, string>(there.Outputs.Values),
        };
        Save(step, after);
        Tell(step.Id, StepStatus.Done, skipped, began, there.Summary);
    }

    private Finished Interrupted(IStep step, long began)
    {
        if (_state.Of(step.Id).Status == StepStatus.Running)
        {
            Save(step, _state.Of(step.Id) with { Status = StepStatus.Interrupted, Finished = Time.GetUtcNow() });
        }

        Tell(step.Id, StepStatus.Interrupted, skipped: false, began, "interrupted; the next run continues here");
        return new Finished(
            StepStatus.Interrupted,
            (int)ExitCode.Interrupted,
            installation.World.IsRehearsal,
            step.Id,
            Message: $"{step.Id}: interrupted",
            Hint: "Run the same command again: it continues here."
        );
    }

    private Finished Failed(IStep step, InstallerException error, long began)
    {
        var before = _state.Of(step.Id);
        Save(
            step,
            before with
            {
                Status = StepStatus.Failed,
                Finished = Time.GetUtcNow(),
                Error = error.Code.Word,
                Message = installation.Secrets.Redact(error.Message),
                Hint = installation.Secrets.Redact(error.Hint),
            }
        );
        Tell(step.Id, StepStatus.Failed, skipped: false, began, error.Message);
        return Failed(step.Id, error);
    }

    private Finished Failed(string? step, InstallerException error) =>
        new(
            StepStatus.Failed,
            (int)error.ExitCode,
            installation.World.IsRehearsal,
            step,
            error.Code.Word,
            error.Message,
            error.Hint
        )
        {
            Details = error.Details,
        };

    private void Save(IStep step, StepState state)
    {
        _state = _state.With(step.Id, state);
        _file.Write(_state);
    }

    private void Tell(string step, StepStatus status, bool skipped, long began, string summary) =>
        installation.Events.Publish(
            new StepFinished(step, status, skipped, Time.GetElapsedTime(began).TotalSeconds, summary)
        );
}
