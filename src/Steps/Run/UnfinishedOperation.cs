using ErpInstaller.Core.Files;

namespace ErpInstaller.Run;

/// <summary>
/// The newest run of another operation than an install, if it did not end well and no install began after it.
/// </summary>
/// <param name="Operation">Its id, for example <c>restore</c>.</param>
/// <param name="Step">The step that was interrupted or failed.</param>
/// <param name="State">The record of that step.</param>
/// <param name="Command">The command that runs it again.</param>
public sealed record UnfinishedOperation(string Operation, string Step, StepState State, string Command)
{
    private static readonly string[] Operations =
    [
        Run.Operation.BackupId,
        Run.Operation.RestoreId,
        Run.Operation.RollbackId,
        Run.Operation.RemoveId,
    ];

    /// <summary>What happened and what to do, in one line.</summary>
    public string Text =>
        State.Status == StepStatus.Failed
            ? $"The last {Noun} failed at {Step}: {State.Message}. Run it again: {Command}"
            : $"The last {Noun} was interrupted at {Step}. Continue it: {Command}";

    /// <summary>Reads it from the state files of the operations; null: there is none.</summary>
    public static UnfinishedOperation? Find(StateDirectory directory)
    {
        var newest = Operations
            .Select(o => (Operation: o, State: new StateFile(directory, o).Read()))
            .Append((Operation: Run.Operation.InstallId, State: new StateFile(directory).Read()))
            .MaxBy(o => LastStart(o.State));
        var step = newest.State.Steps.FirstOrDefault(s =>
            s.Value.Status is StepStatus.Failed or StepStatus.Interrupted
        );
        return newest.Operation == Run.Operation.InstallId || step.Key is null
            ? null
            : new UnfinishedOperation(
                newest.Operation,
                step.Key,
                step.Value,
                newest.State.Command ?? $"erp-installer {newest.Operation}"
            );
    }

    private string Noun => Operation == Run.Operation.RemoveId ? "removal" : Operation;

    private static DateTimeOffset LastStart(InstallState state) =>
        state.Steps.Values.Max(s => s.Started) ?? DateTimeOffset.MinValue;
}
