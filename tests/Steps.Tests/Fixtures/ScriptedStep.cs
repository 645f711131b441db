using ErpInstaller.Run;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>A step whose result is a flag, and whose work the test defines.</summary>
internal sealed class ScriptedStep(string id, Func<StepContext, CancellationToken, Task>? work = null)
    : Step<ScriptedStep.Nothing>
{
    /// <summary>The number of times that its work was completed.</summary>
    public int Runs { get; private set; }

    /// <summary>The result that the probe finds.</summary>
    public bool IsThere { get; set; }

    /// <summary>False: the work leaves no result.</summary>
    public bool LeavesResult { get; set; } = true;

    /// <summary>A value of the answers that it depends on.</summary>
    public string Input { get; set; } = "";

    /// <inheritdoc/>
    public override string Id => id;

    /// <inheritdoc/>
    public override StepInputs Inputs(StepSettings settings) => new StepInputs().Add("test", Input);

    /// <inheritdoc/>
    public override Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation) =>
        Task.FromResult<ProbeResult>(
            IsThere ? new ProbeResult.InPlace(new Made(id), "it is there") : new ProbeResult.Missing("it is not there")
        );

    /// <inheritdoc/>
    public override Task<Nothing> PlanAsync(StepContext context, CancellationToken cancellation) =>
        Task.FromResult(
            new Nothing { Changes = [new PlannedChange(ChangeKind.Create, id, "")], Expected = new Made(id) }
        );

    /// <inheritdoc/>
    public override async Task RunAsync(Nothing plan, StepContext context, CancellationToken cancellation)
    {
        await (work?.Invoke(context, cancellation) ?? Task.CompletedTask);
        Runs++;
        IsThere = LeavesResult;
    }

    /// <summary>Its plan.</summary>
    public sealed record Nothing : StepPlan;

    /// <summary>Its outputs.</summary>
    public sealed record Made(string Id) : StepOutputs
    {
        /// <inheritdoc/>
        public override IReadOnlyDictionary<string, string> Values => new Dictionary<string, string> { ["made"] = Id };
    }
}
