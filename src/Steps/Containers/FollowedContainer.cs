using ErpInstaller.Core.Errors;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Containers;

/// <summary>Follows the log of one container.</summary>
/// <param name="streams">Its streams.</param>
/// <param name="outage">Waits while Nomad does not answer; all containers share it.</param>
/// <param name="take">Receives each line, and whether it was written to stderr.</param>
internal sealed class FollowedContainer(
    IEnumerable<LogStream> streams,
    LogRequest request,
    LogOutage outage,
    TimeProvider time,
    Action<bool, string> take,
    CancellationToken cancellation
) : IDisposable
{
    // Nomad never ends the stream of a log, so an ended container's log counts as read when nothing more comes.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    private volatile bool _hasEnded;

    /// <summary>Ends when the container has ended and its log was read.</summary>
    public Task Reading { get; private set; } = Task.CompletedTask;

    /// <summary>Whether the container writes no more.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>Begins to read.</summary>
    public void Begin() => Reading = ReadAsync();

    /// <summary>The container writes no more.</summary>
    public void End()
    {
        if (!_hasEnded)
        {
            _hasEnded = true;
            EndWhenQuiet();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private void EndWhenQuiet()
    {
        if (_hasEnded)
        {
            _stop.CancelAfter(Quiet);
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            await Task.WhenAll(streams.Select(ReadAsync));
        }
        catch (OperationCanceledException) when (_hasEnded)
        {
            // All of it was read.
        }
        catch (NomadLogMissing e) when (e.Absence != NomadLogAbsence.NotKept)
        {
            // It ended, and its client has removed it.
        }
    }

    private async Task ReadAsync(LogStream stream)
    {
        var past = (await outage.AskAsync(() => stream.ReadEndAsync(request, _stop.Token), _stop.Token)).SizeOf(
            request
        );
        var lines = new LogLines((text, _) => take(stream.IsErrors, text), isCut: past is not null);
        var place = new LogPlace();
        void Hear(byte[] piece)
        {
            outage.End();
            EndWhenQuiet();
            place.Add(piece);
            lines.Add(piece);
        }

        while (true)
        {
            try
            {
                await (
                    place.IsBegin
                        ? stream.FollowAsync(past, Hear, _stop.Token)
                        : stream.ResumeAsync(place, Hear, _stop.Token)
                );

                // Nomad ends no stream of a log, unless its agent ends or the log is removed.
                await Task.Delay(Quiet, time, _stop.Token);
            }
            catch (InstallerException e) when (outage.IsPassing(e))
            {
                await outage.WaitAsync(e.Message, _stop.Token);
            }
        }
    }
}
