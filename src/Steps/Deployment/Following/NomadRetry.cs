using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.Following;

/// <summary>
/// Asks Nomad again while it cannot answer: leaders change and agents restart, and what was registered goes on
/// meanwhile.
/// </summary>
/// <param name="tokenWorked">The token did as much before: when Nomad denies it now, it expired or was revoked.</param>
internal sealed class NomadRetry(StepContext context, bool tokenWorked = false)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    // Pauses of 1, 2, 4 and 8 s: an election takes less, and so does the restart of an agent.
    private const int BriefTries = 4;

    private string? _said;

    /// <summary>
    /// Asks until there is an answer. Only <paramref name="stop"/> ends it otherwise: the caller has a deadline.
    /// </summary>
    /// <exception cref="InstallerException">The token was denied, again and again, and no other can come.</exception>
    public Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken stop) => AskAsync(ask, int.MaxValue, stop);

    /// <summary>
    /// Asks until there is an answer, for a quarter of a minute: where nothing goes on meanwhile that is worth waiting
    /// for.
    /// </summary>
    /// <exception cref="NomadUnreachable">There was none.</exception>
    public Task<T> AskBrieflyAsync<T>(Func<Task<T>> ask, CancellationToken stop) => AskAsync(ask, BriefTries, stop);

    /// <summary>As <see cref="AskBrieflyAsync{T}"/>, for what is written and finds what an earlier try wrote.</summary>
    public Task DoBrieflyAsync(Func<Task> write, CancellationToken stop) =>
        AskBrieflyAsync(
            async () =>
            {
                await write();
                return true;
            },
            stop
        );

    /// <summary>
    /// As <see cref="AskAsync{T}(Func{Task{T}}, CancellationToken)"/>; without an index to wait from, not more than
    /// once a second.
    /// </summary>
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

    private async Task<T> AskAsync<T>(Func<Task<T>> ask, int tries, CancellationToken stop)
    {
        var pause = FirstPause;
        for (var tried = 0; ; tried++)
        {
            try
            {
                var answer = await ask();
                _said = null;
                return answer;
            }
            catch (NomadUnreachable e) when (tried < tries)
            {
                Say(e.Message, pause);
            }
            catch (SecretUnavailable e) when (tokenWorked && tried < BriefTries)
            {
                // Its file is being written anew.
                Say(e.Message, pause);
            }
            catch (NomadDenied e) when (tokenWorked)
            {
                // Servers that were restored know a token a while later; only a file can hold another one.
                if (!context.World.Nomad.ReadsToken && tried >= BriefTries)
                {
                    throw FollowingErrors.TokenExpired(e);
                }

                Say("Nomad denies this token what it allowed before: it expired or was revoked", pause);
            }

            await Task.Delay(pause, context.World.Time, stop);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    // Several questions are open at once, and all of them meet the same.
    private void Say(string what, TimeSpan pause)
    {
        var line = $"{what}; asked again in {pause.TotalSeconds:0} s";
        if (line != _said)
        {
            _said = line;
            context.Report.Log(line, LogLevel.Warning);
        }
    }
}
