using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment;
using ErpInstaller.HostChecks.Checks;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Removal;

/// <summary>The steps of a removal.</summary>
internal static class RemovalSteps
{
    /// <summary>In the order in which they run.</summary>
    public static IReadOnlyList<IStep> Of(RemovalRequest request) =>
        [new RemoveJobsStep(request), new RemoveRestStep(request)];

    /// <summary>The answers that both of them depend on.</summary>
    public static StepInputs Inputs(StepSettings settings) =>
        new StepInputs().Add(settings.Answers, "site.name", "nomad.job", "backup");

    /// <summary>What the token may not do. It is found before anything is stopped.</summary>
    public static async Task<InstallerException?> FindDeniedAsync(
        StepContext context,
        RemovalRequest request,
        CancellationToken cancellation
    )
    {
        var nomad = context.World.Nomad;
        var variables = await new RemovableThings(context, request).ListVariablesAsync(cancellation);
        return await PermissionProbe.DeniedToRemoveAsync(nomad, variables, cancellation) is { Count: > 0 } denied
            ? RemovalErrors.Denied(context.Answers.Site.Name, denied)
            : null;
    }
}

/// <summary>A plan of a step of a removal.</summary>
/// <param name="Things">What is removed, in this order.</param>
internal sealed record RemovalPlan(IReadOnlyList<RemovableThing> Things) : StepPlan
{
    /// <summary>The plan that removes these things.</summary>
    public static RemovalPlan Of(IReadOnlyList<RemovableThing> things) =>
        new(things)
        {
            Changes = [.. things.Select(t => new PlannedChange(ChangeKind.Destroy, t.Name, t.Why))],
            Expected = new RemovalOutputs([]),
        };
}

/// <summary>What is left.</summary>
/// <param name="Kept">The things that stay, by name.</param>
internal sealed record RemovalOutputs(IReadOnlyList<string> Kept) : StepOutputs
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values =>
        Kept.Count == 0
            ? new Dictionary<string, string>()
            : new Dictionary<string, string> { ["kept"] = string.Join(", ", Kept) };
}

/// <summary>Removes the jobs from Nomad and waits for the end of their containers, which use everything else.</summary>
internal sealed class RemoveJobsStep(RemovalRequest request) : Step<RemovalPlan>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public override string Id => StepId.RemoveJobs;

    /// <inheritdoc/>
    public override StepInputs Inputs(StepSettings settings) => RemovalSteps.Inputs(settings);

    /// <inheritdoc/>
    public override async Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation) =>
        await ListAsync(context, cancellation) is { Count: > 0 } jobs
            ? new ProbeResult.Missing($"{string.Join(", ", jobs)} to remove")
            : new ProbeResult.InPlace(new JobsRemoved(), "Nomad has no job of this installation");

    /// <inheritdoc/>
    public override async Task<RemovalPlan> PlanAsync(StepContext context, CancellationToken cancellation) =>
        RemovalPlan.Of([
            .. (await ListAsync(context, cancellation)).Select(j => new RemovableThing(
                $"job {j}",
                "stopped, and removed from Nomad",
                stop => RemoveAsync(context, j, stop)
            )),
        ]) with
        {
            Expected = new JobsRemoved(),
            Obstacle = await RemovalSteps.FindDeniedAsync(context, request, cancellation),
        };

    /// <inheritdoc/>
    public override async Task RunAsync(RemovalPlan plan, StepContext context, CancellationToken cancellation)
    {
        foreach (var thing in plan.Things)
        {
            context.Report.Progress($"removing {thing.Name}");
            await thing.RemoveAsync(cancellation);
        }
    }

    // The application first: it uses the data.
    private static async Task<IReadOnlyList<string>> ListAsync(StepContext context, CancellationToken cancellation)
    {
        var ids = new JobIds(context.Answers.Nomad.Job);
        var existing = new ExistingJobs(context);
        var found = new List<string>();
        foreach (var id in ids.All.Except([ids.Data]).Reverse().Prepend(ids.Application).Append(ids.Data).Distinct())
        {
            if (await existing.FindOursAsync(id, cancellation) is not null)
            {
                found.Add(id);
            }
        }

        if (found.Contains(ids.Schedule))
        {
            found.AddRange((await context.World.Nomad.ListRunsAsync(ids.Schedule, cancellation)).Select(r => r.ID));
        }

        return found;
    }

    private static async Task RemoveAsync(StepContext context, string job, CancellationToken cancellation)
    {
        var nomad = context.World.Nomad;
        await nomad.RemoveJobAsync(job, cancellation);
        var began = context.World.Time.GetTimestamp();
        long? index = null;
        while (true)
        {
            var answer = await nomad.GetAllocationsAsync(job, index, cancellation);
            index = answer.Index;
            var open = (answer.Value ?? []).Where(a => a.ClientStatus is "running" or "pending").ToList();
            if (open.Count == 0)
            {
                return;
            }

            if (context.World.Time.GetElapsedTime(began) > Patience)
            {
                throw RemovalErrors.StillRunning(job, open);
            }

            context.Report.Progress(
                $"{job}: waiting for {string.Join(", ", open.Select(a => a.TaskGroup).Distinct())} to end"
            );
        }
    }

    /// <summary>Nothing is left to say.</summary>
    private sealed record JobsRemoved : StepOutputs
    {
        public override IReadOnlyDictionary<string, string> Values => new Dictionary<string, string>();
    }
}

/// <summary>Removes what the jobs used: Variables, volumes, the network, the image.</summary>
internal sealed class RemoveRestStep(RemovalRequest request) : Step<RemovalPlan>
{
    private const int Tries = 30;

    // What the engine went on to refuse, by name. It would refuse it again.
    private readonly HashSet<string> _refused = [];

    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public override string Id => StepId.RemoveRest;

    /// <inheritdoc/>
    public override StepInputs Inputs(StepSettings settings) => RemovalSteps.Inputs(settings);

    /// <inheritdoc/>
    public override async Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation)
    {
        var things = new RemovableThings(context, request);
        return await ListAsync(things, cancellation) is { Count: > 0 } found
            ? new ProbeResult.Missing($"{found.Count} things to remove")
            : new ProbeResult.InPlace(
                new RemovalOutputs(await things.ListKeptAsync(cancellation)),
                "nothing is left that was to be removed"
            );
    }

    /// <inheritdoc/>
    public override async Task<RemovalPlan> PlanAsync(StepContext context, CancellationToken cancellation)
    {
        var things = new RemovableThings(context, request);
        var plan = RemovalPlan.Of(await things.ListAsync(cancellation));
        var kept = (await things.ListKeptAsync(cancellation)).Except(plan.Things.Select(t => t.Name));
        return plan with
        {
            Changes = [.. plan.Changes, .. kept.Select(k => new PlannedChange(ChangeKind.Look, k, "stays"))],
            Obstacle = await RemovalSteps.FindDeniedAsync(context, request, cancellation),
        };
    }

    /// <inheritdoc/>
    public override async Task RunAsync(RemovalPlan plan, StepContext context, CancellationToken cancellation)
    {
        foreach (var thing in plan.Things)
        {
            context.Report.Progress($"removing {thing.Name}");
            try
            {
                await RemoveAsync(thing, context, cancellation);
                context.Report.Log($"removed: {thing.Name}");
            }
            catch (DockerRefused e) when (thing.MayStay)
            {
                _refused.Add(thing.Name);
                context.Report.Log($"kept: {thing.Name}: {e.Message}", LogLevel.Warning);
            }
        }
    }

    private async Task<IReadOnlyList<RemovableThing>> ListAsync(
        RemovableThings things,
        CancellationToken cancellation
    ) => [.. (await things.ListAsync(cancellation)).Where(t => !_refused.Contains(t.Name))];

    // Nomad removes the container of a task some seconds after its end. Until then the engine says that it is in use.
    private static async Task RemoveAsync(RemovableThing thing, StepContext context, CancellationToken cancellation)
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                await thing.RemoveAsync(cancellation);
                return;
            }
            catch (DockerRefused) when (tried < Tries)
            {
                context.Report.Progress($"{thing.Name}: still in use; waiting for the containers to end");
                await Task.Delay(BetweenTries, context.World.Time, cancellation);
            }
        }
    }
}

/// <summary>Errors of a removal.</summary>
public static class RemovalErrors
{
    /// <summary>The token may not remove everything.</summary>
    /// <param name="denied">The capabilities that it lacks.</param>
    internal static InstallerException Denied(string site, IReadOnlyList<string> denied) =>
        new(
            ErrorCode.NomadDenied,
            $"This token may not remove {site}, so nothing is stopped: it lacks {string.Join(", ", denied)}",
            "Give a token that has them: nomad.token in the answers, or NOMAD_TOKEN. "
                + "A token that has expired, or that Nomad does not know, lacks them too."
        );

    /// <summary>Containers of a removed job do not end.</summary>
    internal static InstallerException StillRunning(string job, IReadOnlyList<NomadAllocation> open) =>
        new(
            ErrorCode.RemovalUnfinished,
            $"{job}: {string.Join(", ", open.Select(a => a.TaskGroup).Distinct())} did not end within 10 minutes",
            "Run the same command again; it goes on where it stopped."
        );

    /// <summary>The removal was not confirmed with the names.</summary>
    public static InstallerException NotConfirmed(string message, string command) =>
        new(ErrorCode.RemovalNotConfirmed, message, $"Give the names: {command}");
}
