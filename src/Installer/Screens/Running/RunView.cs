using ErpInstaller.Composition;
using ErpInstaller.Run;

namespace ErpInstaller.Screens.Running;

/// <summary>The state of a run, computed from its events alone.</summary>
internal sealed class RunView
{
    private readonly Dictionary<string, StepView> _steps = [];
    private readonly Dictionary<(string Allocation, string Task), ContainerSeen> _containers = [];
    private readonly Dictionary<string, AppBuildView> _apps = [];
    private string? _lastProgress;

    public RunView() => Take(new InstallState());

    /// <summary>What the run does: an id of <see cref="ErpInstaller.Run.Operation"/>.</summary>
    public string Operation { get; private set; } = ErpInstaller.Run.Operation.InstallId;

    /// <summary>The steps in order.</summary>
    public IReadOnlyList<StepView> Steps => [.. _steps.Values];

    /// <summary>The progress of each app of the image, in the order in which their builds began.</summary>
    public IReadOnlyCollection<AppBuildView> Apps => _apps.Values;

    /// <summary>Each container's last state, in the order in which they appeared.</summary>
    public IReadOnlyCollection<ContainerSeen> Containers => _containers.Values;

    /// <summary>The last lines of the log.</summary>
    public LogTail Log { get; } = new();

    /// <summary>The time of the last event.</summary>
    public DateTimeOffset? LastHeard { get; private set; }

    /// <summary>The result; null until the run has ended.</summary>
    public Finished? Result { get; private set; }

    /// <summary>The running step; null before the first and after the last.</summary>
    public StepView? Current => _steps.Values.FirstOrDefault(s => s.Status == StepStatus.Running);

    /// <summary>A step by its id.</summary>
    public StepView Of(string step) => _steps.GetValueOrDefault(step) ?? new StepView(step);

    /// <summary>Takes the state file, before a run begins.</summary>
    public void Take(InstallState state)
    {
        Result = null;
        Log.Clear();
        Operation = ErpInstaller.Run.Operation.InstallId;
        _steps.Clear();
        foreach (var id in InstallSteps.InOrder().Select(s => s.Id))
        {
            var known = state.Of(id);
            _steps[id] = new StepView(id)
            {
                Status = known.Status,
                Seconds = known.Finished - known.Started is { } took ? took.TotalSeconds : null,
                Text = known.Message ?? "",
            };
        }
    }

    /// <summary>Prepares for a run of an operation, before its first event.</summary>
    public void Expect(Operation operation)
    {
        Take(new InstallState());
        Operation = operation.Id;
        _steps.Clear();
    }

    /// <summary>Takes an event.</summary>
    public void Take(EngineEvent happened)
    {
        LastHeard = happened.At;
        switch (happened)
        {
            case RunStarted e:
                Begin(e);
                break;
            case StepStarted e:
                Change(e.Step, s =>
                    s with
                    {
                        Status = StepStatus.Running,
                        Began = e.At,
                        Seconds = null,
                        Text = e.Why,
                        Ratio = null,
                    }
                );
                break;
            case Progress e:
                Change(e.Step, s => s with { Text = e.Text, Ratio = Forward(s.Ratio, e.Ratio), Note = e.Note });
                break;
            case StepFinished e:
                Change(e.Step, s =>
                    s with
                    {
                        Status = e.Status,
                        Skipped = e.Skipped,
                        Seconds = e.Seconds,
                        Began = null,
                        Text = e.Summary,
                        Ratio = null,
                        Note = null,
                    }
                );
                break;
            case AppBuilding e:
                _apps[e.App] = (_apps.GetValueOrDefault(e.App) ?? new AppBuildView(e.App)).With(
                    e.Part,
                    e.Done ? e.Seconds : null
                );
                break;
            case ContainerSeen e:
                _containers[(e.Allocation, e.Task)] = e;
                break;
            case Finished e:
                Result = e;
                break;
        }

        Keep(happened);
    }

    // The log also gets the lines of install.log, because deployment and verification write little output.
    private void Keep(EngineEvent happened)
    {
        switch (happened)
        {
            case Log e:
                Log.Add(new LogLine(e.Step, e.Level, e.Line));
                break;
            case AnswerWarning e:
                Log.Add(new LogLine("", LogLevel.Warning, e.Message));
                break;
            case Progress when InstallLog.LineOf(happened) == _lastProgress:
                break;
            case var _ when InstallLog.LineOf(happened) is { } line:
                _lastProgress = happened is Progress ? line : _lastProgress;
                Log.Add(new LogLine("", LevelOf(happened), line));
                break;
        }
    }

    private static LogLevel LevelOf(EngineEvent happened) =>
        happened switch
        {
            Progress => LogLevel.Output,
            StepFinished { Status: StepStatus.Failed or StepStatus.Interrupted }
            or Finished { Status: not StepStatus.Done } => LogLevel.Warning,
            _ => LogLevel.Info,
        };

    private void Begin(RunStarted run)
    {
        Result = null;
        Operation = run.Operation;
        _apps.Clear();
        _containers.Clear();
        // An operation may have other steps than the one before.
        _steps.Clear();
        foreach (var id in run.Steps)
        {
            _steps[id] = new StepView(id);
        }
    }

    // A new estimate may be lower, but the bar never moves backwards: that would only alarm the operator.
    private static double? Forward(double? before, double? now) =>
        now is null ? null : Math.Max(before ?? 0, now.Value);

    private void Change(string step, Func<StepView, StepView> change) => _steps[step] = change(Of(step));
}
