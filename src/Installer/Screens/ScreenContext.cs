using ErpInstaller.Answers.Interview;
using ErpInstaller.Composition;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Live;
using ErpInstaller.Releases;
using ErpInstaller.Run;
using ErpInstaller.Screens.Running;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>
/// The parts that the screens of one session share: the interview, the run, the stack of screens, and the access to
/// Docker, Nomad and git. Only the interface's thread uses it.
/// </summary>
internal sealed class ScreenContext : IDisposable
{
    private readonly BackgroundWork _background;
    private readonly Installations _installations;
    private readonly AssetSource _assets;
    private readonly Func<CancellationToken, Task<LiveStatus>>? _live;

    /// <param name="setting">What the session is given.</param>
    /// <exception cref="InstallerException">The state file or the answers cannot be read.</exception>
    public ScreenContext(ScreenSetting setting)
    {
        (Directory, Rehearse, Commands) = (setting.Directory, setting.Rehearse, setting.Commands);
        (Post, Redraw, Glyphs, Time) = (setting.Post, setting.Redraw, setting.Glyphs, setting.Time);
        (_assets, _live, LookEvery) = (setting.Assets, setting.Live, setting.LookEvery);
        (HasOtherAnswers, CanLeaveToRemove) = (setting.Answers is not null, setting.CanLeaveToRemove);
        _background = new BackgroundWork(Post);
        _installations = new Installations(Directory, setting.Assets, Commands, Rehearse)
        {
            Time = Time,
            Change = setting.World,
        };
        Run = new RunSession(Directory, setting.Install, _background, Post)
        {
            Rehearse = Rehearse,
            Commands = Commands,
            Time = Time,
        };

        // Draws again, so that the screen shows why the draft was not saved.
        Interview = new AnswersInterview(Directory, new ReleaseCatalog(setting.Assets), () => Post(() => { }));
        ReadState();
        Interview.Begin(setting.Answers);
    }

    /// <summary>The state directory of the installation.</summary>
    public StateDirectory Directory { get; }

    /// <summary>Whether it is a rehearsal.</summary>
    public bool Rehearse { get; }

    /// <summary>This program's commands as they can be typed here.</summary>
    public OwnCommands Commands { get; }

    /// <summary>Runs something on the interface's thread between two keys, and draws.</summary>
    public Action<Action> Post { get; }

    /// <summary>Draws the whole terminal again.</summary>
    public Action Redraw { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>The characters for signs and bars.</summary>
    public Glyphs Glyphs { get; }

    /// <summary>The visible screen and those beneath it.</summary>
    public Navigator Navigator { get; } = new();

    /// <summary>The answers and everything about them.</summary>
    public AnswersInterview Interview { get; }

    /// <summary>The run and what it reports.</summary>
    public RunSession Run { get; }

    /// <summary>The time between two looks at the running installation.</summary>
    public TimeSpan LookEvery { get; }

    /// <summary>Whether the last install came to its end here.</summary>
    public bool IsInstalled =>
        Run.State.Steps.Count > 0
        && Interview.HasAccepted
        && InstallSteps.FindNext(s => Run.State.Of(s).Status) is null;

    /// <summary>The accepted answers, which describe what runs; null: there are none, or they cannot be read.</summary>
    public StepSettings? Installed { get; private set; }

    /// <summary>Whether the operator began with an answer file.</summary>
    public bool HasOtherAnswers { get; }

    /// <summary>What follows when this session has ended.</summary>
    public NextSession Next { get; private set; }

    /// <summary>
    /// Whether <c>remove</c> can follow: it works on the installation that the command line named, not on a rehearsal
    /// that began in the full screen.
    /// </summary>
    public bool CanLeaveToRemove { get; }

    /// <summary>Ends this session.</summary>
    /// <param name="next">What follows.</param>
    public void LeaveTo(NextSession next)
    {
        Next = next;
        Navigator.Leave();
    }

    /// <summary>Reads what the last run left: its state and its answers.</summary>
    /// <exception cref="InstallerException">The state file cannot be read.</exception>
    public void ReadState()
    {
        Run.ReadState();
        Installed = new AcceptedAnswers(Directory, _assets).Find(Run.State) ?? FindEdited();
    }

    // They may have been edited since. Then they are the best that is known, and better than a draft.
    private StepSettings? FindEdited()
    {
        try
        {
            return Interview.HasAccepted && Interview.ReadAccepted() is var answers
                ? new StepSettings(answers, Interview.Releases.Load(answers.Erpnext.Release))
                : null;
        }
        catch (InstallerException)
        {
            return null;
        }
    }

    /// <inheritdoc cref="BackgroundWork.Begin{T}"/>
    public void Begin<T>(Func<CancellationToken, Task<T>> work, Action<T> done, Action<InstallerException> failed) =>
        _background.Begin(work, done, failed);

    /// <summary>The installation that the answers describe, for probes and plans.</summary>
    /// <param name="heard">Receives its events on the interface's thread; null if they are not needed.</param>
    /// <param name="isAnew">Whether to connect again, see <see cref="Installations.Reconnect"/>.</param>
    /// <exception cref="InstallerException">The Nomad settings in the answers cannot be used.</exception>
    public Installation Open(Action<EngineEvent>? heard = null, bool isAnew = false)
    {
        if (isAnew)
        {
            _installations.Reconnect();
        }

        Interview.WriteSecrets();
        return _installations.Open(new StepSettings(Interview.Settled, Interview.Release), EventsFor(heard));
    }

    /// <summary>The installation that the accepted answers describe: what runs now.</summary>
    /// <param name="heard">Receives its events on the interface's thread; null if they are not needed.</param>
    /// <exception cref="InstallerException">The accepted answers cannot be used.</exception>
    public Installation OpenAccepted(Operation operation, Action<EngineEvent>? heard)
    {
        var answers = Interview.ReadAccepted();
        return _installations.Open(
            new StepSettings(answers, Interview.Releases.Load(answers.Erpnext.Release)),
            EventsFor(heard),
            operation: operation
        );
    }

    private EventStream EventsFor(Action<EngineEvent>? heard)
    {
        var events = _installations.NewEvents();
        if (heard is not null)
        {
            events.Subscribe(e => Post(() => heard(e)));
        }

        return events;
    }

    /// <summary>
    /// What looks at the running installation. It remembers its last look, and is meant for another thread: to open the
    /// installation takes as long as the first picture. It fails if the Nomad settings in the answers cannot be used.
    /// </summary>
    /// <exception cref="InstallerException">There are no usable answers.</exception>
    public Func<CancellationToken, Task<LiveStatus>> OpenLive()
    {
        if (_live is not null)
        {
            return _live;
        }

        // What runs has the accepted answers. A draft may differ.
        var settings = Installed ?? new StepSettings(Interview.Settled, Interview.Release);
        LiveReader? reader = null;
        return stop =>
            (reader ??= new LiveReader(_installations.Open(settings, _installations.NewEvents()))).ReadAsync(stop);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _background.Dispose();
        _installations.Dispose();

        // If the draft cannot be written, the program reports NotKept after the full screen has closed.
        Interview.IsKept();
    }
}

/// <summary>What follows a session of the full screen.</summary>
internal enum NextSession
{
    /// <summary>The program ends.</summary>
    None,

    /// <summary>A rehearsal in the full screen.</summary>
    Rehearsal,

    /// <summary>The command <c>remove</c>: it shows each thing by name and asks for the site's name.</summary>
    Removal,
}

/// <summary>The directory, the assets and the terminal functions that a session of screens is given.</summary>
internal sealed record ScreenSetting
{
    /// <summary>The state directory of the installation.</summary>
    public required StateDirectory Directory { get; init; }

    /// <summary>The releases and the other files of the installer.</summary>
    public required AssetSource Assets { get; init; }

    /// <summary>Whether it is a rehearsal.</summary>
    public required bool Rehearse { get; init; }

    /// <summary>This program's commands as they can be typed here.</summary>
    public required OwnCommands Commands { get; init; }

    /// <summary>Runs something on the interface's thread between two keys, and draws.</summary>
    public required Action<Action> Post { get; init; }

    /// <summary>Draws the whole terminal again.</summary>
    public required Action Redraw { get; init; }

    /// <summary>The seam to the process of a run.</summary>
    public required IInstallRun Install { get; init; }

    /// <inheritdoc cref="ScreenContext.CanLeaveToRemove"/>
    public bool CanLeaveToRemove { get; init; }

    /// <summary>The answer file to begin with; null for the draft or the accepted answers.</summary>
    public string? Answers { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The characters for signs and bars.</summary>
    public Glyphs Glyphs { get; init; } = Glyphs.Unicode;

    /// <summary>The time between two looks at the running installation.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Looks at the running installation; null: as it is. For tests.</summary>
    public Func<CancellationToken, Task<LiveStatus>>? Live { get; init; }

    /// <summary>Replaces parts of the outside world; for tests.</summary>
    public Func<OutsideWorld, OutsideWorld> World { get; init; } = world => world;
}
