using ErpInstaller.Answers;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Rehearsal;
using ErpInstaller.Run;

namespace ErpInstaller.Composition;

/// <summary>
/// Creates installations. This is the only place where steps, answers, state directory and outside world meet. It owns
/// the connections of a session. All installations with the same Nomad settings share them, and
/// <see cref="Dispose"/> closes them.
/// </summary>
/// <param name="isRehearsal">Whether the outside world is simulated.</param>
public sealed class Installations(StateDirectory directory, AssetSource assets, OwnCommands commands, bool isRehearsal)
    : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<OutsideWorld> _opened = [];
    private (NomadAnswers Reach, OutsideWorld World)? _current;

    /// <summary>The secrets of the session. They are removed from every text that its event streams carry.</summary>
    public SecretStore Secrets { get; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Replaces parts of the outside world; for tests.</summary>
    public Func<OutsideWorld, OutsideWorld> Change { get; init; } = world => world;

    /// <summary>The Docker engine in tests; null finds it as the docker command does.</summary>
    internal Uri? DockerEndpoint { get; init; }

    /// <summary>A stream for events that redacts <see cref="Secrets"/> and completes commands.</summary>
    public EventStream NewEvents() => new(Time, Secrets, commands);

    /// <summary>An installation with these answers. Opening it makes no connection; its first request does.</summary>
    /// <param name="settings">The answers and their release.</param>
    /// <param name="events">Receives all events of the installation.</param>
    /// <param name="text">The text of the answer file; null: the answers are in no file.</param>
    /// <param name="updateLock">Whether locked refs are resolved again.</param>
    /// <param name="pace">The speed of a rehearsal; null: fast.</param>
    /// <param name="operation">What a run with it does; null: an install.</param>
    /// <param name="askedFor">What a run with it does once; null: nothing.</param>
    /// <exception cref="InstallerException">The Nomad settings cannot be used, for example without a token.</exception>
    public Installation Open(
        StepSettings settings,
        EventStream events,
        string? text = null,
        bool updateLock = false,
        RehearsalPace? pace = null,
        Operation? operation = null,
        AskedFor? askedFor = null
    ) =>
        new()
        {
            Settings = settings,
            AnswersText = text,
            Operation = operation ?? Operation.Install,
            Steps = InstallSteps.Of(operation ?? Operation.Install),
            Guard = InstallSteps.Guard(),
            World = WorldOf(settings, pace),
            Directory = directory,
            Assets = assets,
            Secrets = Secrets,
            Events = events,
            UpdateLock = updateLock,
            AskedFor = askedFor ?? AskedFor.Nothing,
        };

    /// <summary>
    /// Makes the next installation open new connections. The operator may have changed a file that a connection read at
    /// its start: a CA certificate, the context of the docker command. Running requests end on the old connections.
    /// </summary>
    public void Reconnect()
    {
        lock (_gate)
        {
            _current = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _opened.ForEach(w => w.Dispose());
            _opened.Clear();
            _current = null;
        }
    }

    // A rehearsed world is made for every installation: it reads the files of the simulation once, and a run in another
    // process changes them. It holds no connection.
    private OutsideWorld WorldOf(StepSettings settings, RehearsalPace? pace)
    {
        // These answers do not change how Nomad is reached.
        var reach = settings.Answers.Nomad with { Job = "", Node = "", Topology = NomadTopology.Single };
        lock (_gate)
        {
            if (_current is { } current && current.Reach == reach && !isRehearsal)
            {
                return current.World;
            }

            var world = Change(
                isRehearsal
                    ? RehearsedWorld.Create(settings, directory, assets, pace)
                    : RealWorld.Create(settings, Secrets, DockerEndpoint)
            );
            _opened.Add(world);
            _current = (reach, world);
            return world;
        }
    }
}
