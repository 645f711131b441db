using ErpInstaller.Core.Errors;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Deployment.Following;

/// <summary>Finds out why a container does not run, from its events and its last lines.</summary>
/// <param name="followed">The log that was followed during the run; null to read it now.</param>
internal sealed class AllocationDiagnosis(TaskOutput output, InitLog? followed = null)
{
    private const int ErrorLines = 20;
    private const int OutputLines = 10;

    /// <summary>Throws the failure that it finds. Returns if there is no allocation.</summary>
    /// <exception cref="AllocationFailed">Always, for an allocation.</exception>
    public async Task HoldAsync(NomadAllocation? allocation, CancellationToken stop)
    {
        if (allocation is not null)
        {
            throw await LookAsync(allocation, stop);
        }
    }

    /// <summary>The failure that it finds.</summary>
    public async Task<AllocationFailed> LookAsync(NomadAllocation allocation, CancellationToken stop)
    {
        var task = AllocationFailed.Worst(allocation).Task;
        return AllocationFailed.From(
            allocation,
            followed is null
                ? await TailAsync(allocation.ID, task, stop)
                : await followed.ReadAsync(allocation, task, stop)
        );
    }

    private async Task<TaskLog> TailAsync(string allocation, string task, CancellationToken stop)
    {
        try
        {
            var written = await output.TailAsync(allocation, task, "stdout", OutputLines, stop);
            var errors = await output.TailAsync(allocation, task, "stderr", ErrorLines, stop);
            return new TaskLog([.. written, .. errors]) { Errors = errors };
        }
        catch (NomadLogMissing e) when (e.Absence == NomadLogAbsence.NotStarted)
        {
            return new TaskLog([]);
        }
        catch (InstallerException e) when (e is NomadUnreachable or NomadDenied or NomadLogMissing)
        {
            return new TaskLog([]) { Missing = e.Message, MissingHint = e.Hint };
        }
    }
}
