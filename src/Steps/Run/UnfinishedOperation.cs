using ErpInstaller.Core.Files;
using ErpInstaller.Core.Ids;

namespace ErpInstaller.Run;

/// <summary>
/// A run of another operation than an install that did not end well. A later run of an operation that changes the site
/// settles it; a later backup does not.
/// </summary>
/// <param name="Operation">Its id, for example <c>restore</c>.</param>
/// <param name="Step">The step that was interrupted or failed.</param>
/// <param name="State">The record of that step.</param>
/// <param name="Command">The command that runs it again.</param>
public sealed record UnfinishedOperation(string Operation, string Step, StepState State, string Command)
{
    private static readonly string[] Changing =
    [
        Run.Operation.InstallId,
        Run.Operation.RestoreId,
        Run.Operation.RollbackId,
        Run.Operation.RemoveId,
    ];

    // They only look: when one fails, nothing was begun.
    private static readonly string[] Looks = [StepId.RestoreSource, StepId.RollbackSource];

    /// <summary>The word for it.</summary>
    public string Noun => Operation == Run.Operation.RemoveId ? "removal" : Operation;

    /// <summary>What happened.</summary>
    public string What =>
        State.Status switch
        {
            StepStatus.Failed => $"The last {Noun} failed at {Step}: {State.Message}",
            StepStatus.Pending => $"The last {Noun} was interrupted before {Step}",
            _ => $"The last {Noun} was interrupted at {Step}",
        };

    /// <summary>What happened and what to do, in one line.</summary>
    public string Text => $"{What}. {(State.Status == StepStatus.Failed ? "Run it again" : "Continue it")}: {Command}";

    /// <summary>Reads it from the state files of the operations; null: there is none.</summary>
    public static UnfinishedOperation? Find(StateDirectory directory) =>
        FindChange(directory) ?? FindNewest(directory, [.. Changing, Run.Operation.BackupId]);

    /// <summary>The same for operations that change the site, that is not for a backup.</summary>
    public static UnfinishedOperation? FindChange(StateDirectory directory) => FindNewest(directory, Changing);

    private static UnfinishedOperation? FindNewest(StateDirectory directory, string[] operations)
    {
        var newest = operations.MaxBy(o => new StateFile(directory, o).Written)!;
        if (newest == Run.Operation.InstallId)
        {
            return null;
        }

        var state = new StateFile(directory, newest).Read();
        var step = state
            .Steps.OrderBy(s => s.Value.Status != StepStatus.Failed)
            .FirstOrDefault(s => s.Value.Status != StepStatus.Done);
        return step.Key is null || !HasBegun(state)
            ? null
            : new UnfinishedOperation(newest, step.Key, step.Value, state.Command ?? $"erp-installer {newest}");
    }

    private static bool HasBegun(InstallState state) =>
        state.Steps.Any(s =>
            s.Value.Status is StepStatus.Done or StepStatus.Interrupted
            || (s.Value.Status == StepStatus.Failed && !Looks.Contains(s.Key))
        );
}
