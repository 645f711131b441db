using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Run;

/// <summary>
/// Reads what an operation would do before the operator confirms it. It holds the run lock, because the jobs that read
/// would stop those of another run.
/// </summary>
internal static class Preview
{
    /// <summary>Reads, under the name of a run of its own.</summary>
    /// <param name="step">The id of the step that would read the same.</param>
    /// <exception cref="InstallerException">Another run is active, or the reading failed.</exception>
    public static async Task<T> ReadAsync<T>(Installation installation, string step, Func<StepContext, Task<T>> read)
    {
        installation.Directory.Prepare();
        var time = installation.World.Time;
        using var held = RunLock.Take(installation.Directory, time);
        installation.Run = $"{UtcStamp.Of(time.GetUtcNow())}-look";
        return await read(installation.ContextOf(step));
    }
}
