using ErpInstaller.Engine;
using ErpInstaller.Nomad;

namespace ErpInstaller.Deployment;

/// <summary>Asks Nomad again while it cannot answer: leaders change and agents restart, and what was registered goes on meanwhile.</summary>
internal sealed class NomadPatience(StepContext context)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    /// <summary>Asks until there is an answer. Only <paramref name="stop"/> ends it otherwise: the caller has a deadline.</summary>
    public async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken stop)
    {
        var pause = FirstPause;
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (NomadUnreachable e)
            {
                context.Report.Log($"{e.Message}; asked again in {pause.TotalSeconds:0} s", LogLevel.Warning);
                await Task.Delay(pause, context.World.Time, stop);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    /// <summary>As <see cref="AskAsync{T}"/>; without an index to wait from, not more than once a second.</summary>
    public async Task<NomadAnswer<T>> AskPacedAsync<T>(Func<Task<NomadAnswer<T>>> ask, CancellationToken stop)
        where T : class
    {
        var answer = await AskAsync(ask, stop);
        if (answer.Index == 0)
        {
            await Task.Delay(FirstPause, context.World.Time, stop);
        }

        return answer;
    }
}
