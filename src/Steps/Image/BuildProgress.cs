using ErpInstaller.Core.Files;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;

namespace ErpInstaller.Image;

/// <summary>
/// How far a build is, and how long it will take: told when something begins, and every few seconds while it lasts. A
/// build that says nothing for a quarter of an hour is reported, not ended.
/// </summary>
internal sealed class BuildProgress : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Silent = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private readonly StepContext _context;
    private readonly double _from;
    private readonly double _to;
    private readonly string _path;
    private readonly BuildTimes _earlier;
    private readonly List<BuildThing> _things;
    private readonly List<string> _apps;
    private readonly BuildEstimate _estimate;
    private readonly Dictionary<DockerfileStep, long> _running = [];
    private readonly ITimer _timer;
    private DockerfileStep? _current;
    private double _ratio;
    private long _lastOutput;
    private int _reports;

    /// <param name="from">The step's progress when the build begins.</param>
    /// <param name="to">The step's progress when it ends.</param>
    /// <param name="parallel">The builder does the rows of things at the same time.</param>
    public BuildProgress(
        IReadOnlyList<DockerfileStep> steps,
        StepContext context,
        double from,
        double to,
        bool parallel
    )
    {
        _context = context;
        _from = from;
        _to = to;
        _path = context.Directory.In("build-times.toml");
        _earlier = BuildTimes.Read(_path);
        _things = [.. steps.GroupBy(s => s.Thing).Select(g => new BuildThing([.. g]))];
        _apps = [.. steps.Select(s => s.App).OfType<string>().Distinct()];
        _estimate = new BuildEstimate(_things, _earlier.Seconds, parallel);
        _lastOutput = Time.GetTimestamp();
        _timer = Time.CreateTimer(_ => Look(), null, Beat, Beat);
    }

    private TimeProvider Time => _context.World.Time;

    /// <summary>The builder said something, whatever it was.</summary>
    public void Heard()
    {
        lock (_gate)
        {
            _lastOutput = Time.GetTimestamp();
            _reports = 0;
        }
    }

    /// <summary>An instruction begins; null: one that is not in the Dockerfile.</summary>
    public void Started(DockerfileStep? step)
    {
        lock (_gate)
        {
            // A FROM is looked at before the parts that it waits for: it says nothing about how far the build is.
            if (step is null || step.Weight == 0)
            {
                return;
            }

            _running[step] = Time.GetTimestamp();
            TellPart(ThingOf(step));
            if (step.Words != _current?.Words)
            {
                _current = step;
                Tell(step);
            }
        }
    }

    /// <summary>An instruction is done.</summary>
    /// <param name="cached">Its result was there from an earlier build.</param>
    public void Done(DockerfileStep? step, bool cached)
    {
        lock (_gate)
        {
            if (step is not null && _running.Remove(step, out var began))
            {
                var thing = ThingOf(step);
                thing.Finish(step, cached, Time.GetElapsedTime(began).TotalSeconds);
                TellPart(thing);
                Turn(step);
            }
        }
    }

    /// <summary>Keeps what was measured for the next build, also of a build that failed.</summary>
    public void Keep()
    {
        lock (_gate)
        {
            var seconds = new Dictionary<string, double>(_earlier.Seconds);
            foreach (var thing in _things.Where(t => t.IsMeasured && t.Weight > 0))
            {
                seconds[thing.First.Thing] = Math.Round(thing.Seconds, 1);
            }

            try
            {
                new BuildTimes { Seconds = seconds }.Write(_path);
            }
            catch (StateDirectoryUnusable e)
            {
                // A full disk, which the build ran into as well: that is what must be told.
                _context.Report.Log(e.Message, LogLevel.Warning);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        lock (_gate)
        {
            if (_current is null)
            {
                return;
            }

            Tell(_current);
            var silence = Time.GetElapsedTime(_lastOutput);
            if (silence >= Silent * (_reports + 1))
            {
                _reports++;
                _context.Report.Log(
                    $"{_current.Words}: no output for {(int)silence.TotalMinutes} min; the build goes on. What it does: docker ps, top",
                    LogLevel.Warning
                );
            }
        }
    }

    // What goes on beside it is what is waited for now.
    private void Turn(DockerfileStep done)
    {
        if (_current?.Words == done.Words && _running.Keys.FirstOrDefault(s => s.Words != done.Words) is { } other)
        {
            _current = other;
            Tell(other);
        }
    }

    private void Tell(DockerfileStep step)
    {
        // A thing that takes longer than expected lets the share fall; the bar must not.
        _ratio = Math.Max(_ratio, _estimate.Ratio(Elapsed));
        var app = step.App is null ? "" : $"app {_apps.IndexOf(step.App) + 1} of {_apps.Count}: ";
        _context.Report.Progress(app + step.Words, _from + ((_to - _from) * _ratio), Note());
    }

    private BuildThing ThingOf(DockerfileStep step) => _things.Find(t => t.First.Thing == step.Thing)!;

    private void TellPart(BuildThing thing)
    {
        if (thing.First is { App: { } app } step)
        {
            _context.Report.Building(app, step.Thing[(app.Length + 2)..], thing.IsDone, thing.Seconds);
        }
    }

    private string Note()
    {
        var left = Duration.Left(TimeSpan.FromSeconds(_estimate.Left(Elapsed)));
        var silence = Time.GetElapsedTime(_lastOutput);
        return silence < Quiet ? left : $"{left} · last output {Duration.Rough(silence)} ago";
    }

    private double Elapsed(BuildThing thing) =>
        thing.Seconds
        + _running.Where(r => r.Key.Thing == thing.First.Thing).Sum(r => Time.GetElapsedTime(r.Value).TotalSeconds);
}
