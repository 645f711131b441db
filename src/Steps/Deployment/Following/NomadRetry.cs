using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.Following;

/// <summary>
/// Asks Nomad again while it cannot answer: leaders change and agents restart, while registered jobs keep running.
/// </summary>
/// <param name="tokenWorked">Whether the token worked before: if Nomad denies it now, it expired or was
/// revoked.</param>
internal sealed class NomadRetry(StepContext context, bool tokenWorked = false)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    // Pauses of 1, 2, 4 and 8 s. An election or the restart of an agent takes less.
    private const int BriefTries = 4;

    private string? _said;

    /// <summary>
    /// Asks until Nomad answers, or until <paramref name="stop"/> at the caller's deadline.
    /// </summary>
    /// <exception cref="InstallerException">Nomad keeps denying the token, and no other one can arrive.</exception>
    public Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken stop) => AskAsync(ask, int.MaxValue, stop);

    /// <summary>
    /// Asks for at most 15 seconds, for calls during which no job needs to be followed.
    /// </summary>
    /// <exception cref="NomadUnreachable">Nomad did not answer.</exception>
    public Task<T> AskBrieflyAsync<T>(Func<Task<T>> ask, CancellationToken stop) => AskAsync(ask, BriefTries, stop);

    /// <summary>
    /// As <see cref="AskBrieflyAsync{T}"/>, for a write that recognises the result of an earlier attempt.
    /// </summary>
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
    /// As <see cref="AskAsync{T}(Func{Task{T}}, CancellationToken)"/>; without an index for blocking, at most once per
    /// second.
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
        var (wasAway, denied) = (false, 0);
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
                wasAway = true;
                Say(e.Message, pause);
            }
            catch (SecretUnavailable e) when (tokenWorked && tried < BriefTries)
            {
                // The token's file is being replaced.
                Say(e.Message, pause);
            }
            catch (NomadDenied e) when (tokenWorked)
            {
                // Restored servers may know a token only after a while, and only a file can deliver another token.
                if (!context.World.Nomad.ReadsToken && tried >= BriefTries)
                {
                    throw FollowingErrors.TokenExpired(e);
                }

                Say("Nomad denies this token what it allowed before: it expired or was revoked", pause);
            }
            catch (NomadDenied e) when (wasAway && denied++ < BriefTries)
            {
                Say($"{e.Message}; a server that has just started does not know its tokens yet", pause);
            }

            await Task.Delay(pause, context.World.Time, stop);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    // Several queries are open at once and fail for the same reason.
    private void Say(string what, TimeSpan pause)
    {
        var line = $"{what}; asking again in {pause.TotalSeconds:0} s";
        if (line != _said)
        {
            _said = line;
            context.Report.Log(line, LogLevel.Warning);
        }
    }
}
