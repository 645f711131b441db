using ErpInstaller.Answers;
using ErpInstaller.Composition;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Git;
using ErpInstaller.Rehearsal;
using ErpInstaller.Releases;
using ErpInstaller.Run;
using Microsoft.Extensions.Time.Testing;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>
/// An installation in a directory of its own, in the rehearsal's world by default. It records the events.
/// </summary>
internal sealed class TestInstallation : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<EngineEvent> _events = [];
    private readonly List<Action<EngineEvent>> _listeners = [];

    /// <summary>The clock of the test.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    /// <summary>The steps of an install; the product's own unless a test sets others.</summary>
    public IReadOnlyList<IStep> Steps { get; set; } = InstallSteps.InOrder();

    /// <summary>The steps of another operation; null: its own.</summary>
    public IReadOnlyList<IStep>? OtherSteps { get; set; }

    /// <summary>Protects the site's data.</summary>
    public IDataGuard Guard { get; set; } = InstallSteps.Guard();

    /// <summary>The operation of a run.</summary>
    public Operation Operation { get; set; } = Operation.Install;

    /// <summary>What a run does once, beside what the answers say.</summary>
    public AskedFor AskedFor { get; set; } = AskedFor.Nothing;

    /// <summary>The operator's answers.</summary>
    public AnswerFile Answers { get; set; } = new() { Site = new SiteAnswers { Name = "erp.example.com" } };

    /// <summary>False: the world claims to be the real one.</summary>
    public bool Rehearsal { get; set; } = true;

    /// <summary>Repositories instead of the rehearsal's.</summary>
    public IGitRemote? Git { get; set; }

    /// <summary>Replaces parts of the rehearsal's world.</summary>
    public Func<OutsideWorld, OutsideWorld> World { get; set; } = world => world;

    /// <summary>An engine instead of the rehearsal's.</summary>
    public IDockerEngine? Docker { get; set; }

    /// <summary>Secrets of the run.</summary>
    public SecretStore Secrets { get; } = new();

    /// <summary>Where it keeps its files.</summary>
    public StateDirectory Directory => StateDirectory.At(_directory.In("state"));

    /// <summary>The release that the answers name.</summary>
    public Release Release => Change(new ReleaseCatalog(new AssetSource()).Load(Answers));

    /// <summary>Replaces parts of the release.</summary>
    public Func<Release, Release> Change { get; set; } = release => release;

    /// <summary>As <c>--update-lock</c>.</summary>
    public bool UpdateLock { get; set; }

    /// <summary>All events so far.</summary>
    public IReadOnlyList<EngineEvent> Events => _events;

    /// <summary>Adds a listener to the events of the runs to come.</summary>
    public void Listen(Action<EngineEvent> listener) => _listeners.Add(listener);

    /// <summary>Runs <c>install</c>.</summary>
    public Task<Finished> InstallAsync(bool acceptChanges = false, CancellationToken cancellation = default) =>
        new ErpInstaller.Run.Installer(Open()).RunAsync(acceptChanges, cancellation);

    /// <summary>The content of <c>state.toml</c>.</summary>
    public InstallState State() => new StateFile(Directory).Read();

    /// <summary>The context that a step is given, as the first one of a run.</summary>
    public StepContext ContextOf(IStep step) => Open().ContextOf(step);

    /// <summary>The installation as the engine sees it.</summary>
    public Installation Open()
    {
        var settings = new StepSettings(Answers, Release);
        var world = RehearsedWorld.Create(settings, Directory, new AssetSource());
        var events = new EventStream(Time, Secrets);
        events.Subscribe(_events.Add);
        _listeners.ForEach(events.Subscribe);
        return new Installation
        {
            Settings = settings,
            AnswersText = "# as the operator wrote it\n",
            Operation = Operation,
            Steps = Operation == Operation.Install ? Steps : OtherSteps ?? InstallSteps.Of(Operation),
            Guard = Guard,
            World = World(
                world with
                {
                    Time = Time,
                    Host = new RehearsedHost(Time),
                    IsRehearsal = Rehearsal,
                    Git = Git ?? world.Git,
                    Docker = Docker ?? world.Docker,
                }
            ),
            Directory = Directory,
            Assets = new AssetSource(),
            Secrets = Secrets,
            Events = events,
            UpdateLock = UpdateLock,
            AskedFor = AskedFor,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();
}

/// <summary>Reads values of a state, for tests.</summary>
internal static class StateOutputs
{
    /// <summary>The recorded output of a step, or null.</summary>
    public static string? Output(this InstallState state, string step, string name) =>
        state.Of(step).Outputs.GetValueOrDefault(name);
}
