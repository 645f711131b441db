using ErpInstaller.Answers;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Secrets;

namespace ErpInstaller.Run;

/// <summary>One installation: its answers and release, the place of its files, and the outside world.</summary>
public sealed class Installation
{
    private readonly Dictionary<Type, StepOutputs> _outputs = [];

    /// <summary>The answers, and the release that they name.</summary>
    public required StepSettings Settings { get; init; }

    /// <summary>
    /// The text of the answer file, which a run keeps as <c>answers.toml</c>; null: the answers are in no file.
    /// </summary>
    public string? AnswersText { get; init; }

    /// <summary>What a run with it does.</summary>
    public Operation Operation { get; init; } = Operation.Install;

    /// <summary>Protects the site's data while its database changes.</summary>
    internal IDataGuard Guard { get; init; } = new NoDataGuard();

    /// <summary>Names the run of an operation that begins anew each time; set when the run begins.</summary>
    internal string Run { get; set; } = "";

    /// <summary>The steps in order.</summary>
    public required IReadOnlyList<IStep> Steps { get; init; }

    /// <summary>Docker, Nomad, git, the host, the site: real or rehearsed.</summary>
    public required OutsideWorld World { get; init; }

    /// <summary>Where this installation keeps its files.</summary>
    public required StateDirectory Directory { get; init; }

    /// <summary>Files that belong to the installer.</summary>
    public required AssetSource Assets { get; init; }

    /// <summary>The secret values. Redacts them in texts.</summary>
    public required SecretStore Secrets { get; init; }

    /// <summary>Receives all events of the installation.</summary>
    public required EventStream Events { get; init; }

    /// <summary>True: the refs in the apps lock are resolved again. False: the apps lock is kept.</summary>
    public bool UpdateLock { get; init; }

    /// <summary>What a run does once, beside what the answers say.</summary>
    public AskedFor AskedFor { get; init; } = AskedFor.Nothing;

    /// <summary>The same state directory and outside world with other answers, to see what they would change.</summary>
    /// <param name="answers">With the same release and the same Nomad.</param>
    public Installation With(AnswerFile answers) => With(Settings with { Answers = answers }, Events);

    /// <summary>The same for work whose events are not those of the command.</summary>
    /// <param name="listener">Receives them.</param>
    internal Installation Quietly(Action<EngineEvent> listener)
    {
        var events = new EventStream(World.Time, Secrets);
        events.Subscribe(listener);
        return With(Settings, events);
    }

    /// <summary>The context for a step. All contexts of an installation share the outputs of the steps.</summary>
    public StepContext ContextOf(IStep step) => ContextOf(step.Id);

    /// <summary>The context for work that reports under the id of a step.</summary>
    internal StepContext ContextOf(string step) =>
        new()
        {
            Settings = Settings,
            World = World,
            Directory = Directory,
            Assets = Assets,
            Secrets = Secrets,
            Report = new StepReporter(step, Events),
            UpdateLock = UpdateLock,
            AskedFor = AskedFor,
            Run = Run,
            Command = AskedFor.RemovedApps is [var app, ..] ? $"erp-installer apps remove {app}" : Operation.Command,
            // Only an install begins an update and ends it.
            Guard = Operation.IsInstall ? Guard : new NoDataGuard(Guard),
            Outputs = _outputs,
        };

    private Installation With(StepSettings settings, EventStream events) =>
        new()
        {
            Settings = settings,
            Operation = Operation,
            Steps = Steps,
            Guard = Guard,
            World = World,
            Directory = Directory,
            Assets = Assets,
            Secrets = Secrets,
            Events = events,
            UpdateLock = UpdateLock,
            AskedFor = AskedFor,
        };
}
