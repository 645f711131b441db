using ErpInstaller.Core.Text;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Deployment.Following;

/// <summary>Describes for people what an allocation does.</summary>
internal static class AllocationWords
{
    /// <summary>For example <c>database: Downloading image</c>.</summary>
    public static string Of(NomadAllocation allocation)
    {
        var (task, state) = (allocation.TaskStates ?? [])
            .OrderBy(t =>
                t.Value.State switch
                {
                    "running" => 0,
                    "pending" => 1,
                    _ => 2,
                }
            )
            .FirstOrDefault();
        var last = state?.Events?.LastOrDefault()?.DisplayMessage;
        var what = last is null ? allocation.ClientStatus : TerminalText.Clean(last).ReplaceLineEndings(" ");
        var name = task is null || allocation.TaskStates!.Count == 1 ? allocation.TaskGroup : task;
        return $"{name}: {what}" + (state?.Restarts > 0 ? $" (restarted {state.Restarts} times)" : "");
    }
}
