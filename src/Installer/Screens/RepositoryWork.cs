using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>
/// A screen's work in the backup repository. It takes the lock of the state directory for some seconds, so the screen
/// is left only after it has ended.
/// </summary>
internal sealed class RepositoryWork(ScreenContext work)
{
    private Action? _stop;
    private bool _isLeaving;
    private InstallerException? _error;
    private DateTimeOffset _began;
    private string _doing = "";

    /// <summary>Whether it is not finished.</summary>
    public bool IsAtWork => _stop is not null;

    /// <summary>What it does and for how long; empty when it has ended.</summary>
    public Line Message =>
        IsAtWork
            ? new Line($"{_doing}, {Duration.Clock((work.Time.GetUtcNow() - _began).TotalSeconds)}", Tone.Quiet)
            : Line.Empty;

    /// <summary>The lines of its error and the hint; none when it did not fail.</summary>
    public IEnumerable<Line> ErrorLines(int width) =>
        _error is null
            ? []
            : Columns
                .Wrap(_error.Message, width)
                .Select(l => new Line(l, Tone.Bad))
                .Concat(Columns.Wrap(work.Commands.In(_error.Hint), width).Select(l => new Line(l, Tone.Accent)));

    /// <summary>Starts it, with the accepted answers.</summary>
    /// <param name="doing">What it does, until it reports its own progress.</param>
    /// <param name="done">Receives the result on the interface's thread.</param>
    public void Begin<T>(
        string doing,
        Operation operation,
        Func<Installation, CancellationToken, Task<T>> read,
        Action<T> done
    )
    {
        var stop = new CancellationTokenSource();
        (_stop, _isLeaving) = (stop.Cancel, false);
        (_error, _doing, _began) = (null, doing, work.Time.GetUtcNow());
        work.Begin(
            ReadAsync,
            ended =>
            {
                if (!End(stop) && ended.HasRead)
                {
                    done(ended.Found!);
                }
            },
            e =>
            {
                _error = e;
                End(stop);
            }
        );

        async Task<(bool HasRead, T? Found)> ReadAsync(CancellationToken session)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(session, stop.Token);
            try
            {
                return (true, await read(work.OpenAccepted(operation, Hear), either.Token));
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return (false, default);
            }
        }
    }

    /// <summary>Stops it, and leaves the screen when it has ended.</summary>
    public void Leave()
    {
        if (_stop is null)
        {
            work.Navigator.Back();
            return;
        }

        (_doing, _isLeaving) = ("stopping", true);
        _stop();
    }

    // Whether the operator wanted to leave.
    private bool End(CancellationTokenSource stop)
    {
        stop.Dispose();
        _stop = null;
        if (_isLeaving)
        {
            work.Navigator.Back();
        }

        return _isLeaving;
    }

    private void Hear(EngineEvent happened)
    {
        if (happened is Progress progress && IsAtWork && !_isLeaving)
        {
            _doing = progress.Text;
        }
    }
}
