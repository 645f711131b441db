using ErpInstaller.Core.Files;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;

namespace ErpInstaller.Image;

/// <summary>
/// Publishes the progress of a build and its remaining time, when a part begins and every few seconds while it runs. A
/// build without output for a quarter of an hour is reported, but not stopped.
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
    private readonly List<BuildPart> _parts;
    private readonly List<string> _apps;
    private readonly BuildEstimate _estimate;
    private readonly Dictionary<DockerfileStep, long> _running = [];
    private readonly ITimer _timer;
    private DockerfileStep? _current;
    private double _ratio;
    private long _lastOutput;
    private int _reports;

    /// <param name="from">The step's progress at the start of the build.</param>
    /// <param name="to">The step's progress at the end.</param>
    /// <param name="parallel">True when the builder runs the rows in parallel.</param>
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
        _parts = [.. steps.GroupBy(s => s.Part).Select(g => new BuildPart([.. g]))];
        _apps = [.. steps.Select(s => s.App).OfType<string>().Distinct()];
        _estimate = new BuildEstimate(_parts, _earlier.Seconds, parallel);
        _lastOutput = Time.GetTimestamp();
        _timer = Time.CreateTimer(_ => OnBeat(), null, Beat, Beat);
    }

    private TimeProvider Time => _context.World.Time;

    /// <summary>The builder wrote output.</summary>
    public void Heard()
    {
        lock (_gate)
        {
            _lastOutput = Time.GetTimestamp();
            _reports = 0;
        }
    }

    /// <summary>An instruction begins; null for one that is not in the Dockerfile.</summary>
    public void Started(DockerfileStep? step)
    {
        lock (_gate)
        {
            // The builder starts a FROM before the parts that it depends on, so a FROM shows no progress.
            if (step is null || step.Weight == 0)
            {
                return;
            }

            _running[step] = Time.GetTimestamp();
            PublishPart(PartOf(step));
            if (step.Description != _current?.Description)
            {
                _current = step;
                Publish(step);
            }
        }
    }

    /// <summary>An instruction has ended.</summary>
    /// <param name="cached">True when its result came from the cache.</param>
    public void Done(DockerfileStep? step, bool cached)
    {
        lock (_gate)
        {
            if (step is not null && _running.Remove(step, out var began))
            {
                var part = PartOf(step);
                part.Finish(step, cached, Time.GetElapsedTime(began).TotalSeconds);
                PublishPart(part);
                Turn(step);
            }
        }
    }

    /// <summary>Writes the measured times for the next build, even after a failed build.</summary>
    public void Keep()
    {
        lock (_gate)
        {
            var seconds = new Dictionary<string, double>(_earlier.Seconds);
            foreach (var part in _parts.Where(t => t.IsMeasured && t.Weight > 0))
            {
                seconds[part.First.Part] = Math.Round(part.Seconds, 1);
            }

            try
            {
                new BuildTimes { Seconds = seconds }.Write(_path);
            }
            catch (StateDirectoryUnusable e)
            {
                // The disk is full, which also failed the build; that error must be reported instead.
                _context.Report.Log(e.Message, LogLevel.Warning);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void OnBeat()
    {
        lock (_gate)
        {
            if (_current is null)
            {
                return;
            }

            Publish(_current);
            var silence = Time.GetElapsedTime(_lastOutput);
            if (silence >= Silent * (_reports + 1))
            {
                _reports++;
                _context.Report.Log(
                    $"{_current.Description}: no output for {(int)silence.TotalMinutes} min; the build still runs. "
                        + "See what it does: docker ps, top",
                    LogLevel.Warning
                );
            }
        }
    }

    // Another part still runs, so show that one.
    private void Turn(DockerfileStep done)
    {
        if (
            _current?.Description == done.Description
            && _running.Keys.FirstOrDefault(s => s.Description != done.Description) is { } other
        )
        {
            _current = other;
            Publish(other);
        }
    }

    private void Publish(DockerfileStep step)
    {
        // The share falls when a part takes longer than expected; the bar must not go back.
        _ratio = Math.Max(_ratio, _estimate.Ratio(Elapsed));
        var app = step.App is null ? "" : $"app {_apps.IndexOf(step.App) + 1} of {_apps.Count}: ";
        _context.Report.Progress(app + step.Description, _from + ((_to - _from) * _ratio), Note());
    }

    private BuildPart PartOf(DockerfileStep step) => _parts.Find(t => t.First.Part == step.Part)!;

    private void PublishPart(BuildPart part)
    {
        if (part.First is { App: { } app } step)
        {
            _context.Report.Building(app, step.Part[(app.Length + 2)..], part.IsDone, part.Seconds);
        }
    }

    private string Note()
    {
        var left = Duration.Left(TimeSpan.FromSeconds(_estimate.Left(Elapsed)));
        var silence = Time.GetElapsedTime(_lastOutput);
        return silence < Quiet ? left : $"{left} · last output {Duration.Rough(silence)} ago";
    }

    private double Elapsed(BuildPart part) =>
        part.Seconds
        + _running.Where(r => r.Key.Part == part.First.Part).Sum(r => Time.GetElapsedTime(r.Value).TotalSeconds);
}
