using System.Runtime.ExceptionServices;
using ErpInstaller.Answers;
using ErpInstaller.Composition;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Rehearsal;
using ErpInstaller.Releases;
using ErpInstaller.Run;
using ErpInstaller.Screens.Running;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>What the screens of one session share. All of it is read and changed between two keys only.</summary>
internal sealed partial class Workspace : IDisposable
{
    // To end children and remove what lies about: longer than either takes.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _ended = new();
    private readonly List<Task> _begun = [];
    private (string Name, Release Release)? _release;

    /// <summary>Where this installation keeps its files.</summary>
    public required StateDirectory Directory { get; init; }

    /// <summary>Releases and everything else that belongs to the installer.</summary>
    public required AssetSource Assets { get; init; }

    /// <summary>Everything outside is simulated.</summary>
    public required bool Rehearse { get; init; }

    /// <summary>This program's commands as they can be typed here.</summary>
    public required OwnCommands Commands { get; init; }

    /// <summary>Runs something between two keys, and draws what it changed.</summary>
    public required Action<Action> Post { get; init; }

    /// <summary>Draws everything again, whatever the terminal shows.</summary>
    public required Action Redraw { get; init; }

    /// <summary>Where installations run.</summary>
    public required IInstallRun Install { get; init; }

    /// <summary>The outside world for answers; a test's own.</summary>
    public Func<StepSettings, SecretStore, OutsideWorld>? World { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The signs to draw with.</summary>
    public Glyphs Glyphs { get; init; } = Glyphs.Unicode;

    /// <summary>Which screen is seen.</summary>
    public Navigator Navigator { get; } = new();

    /// <summary>What the run's events add up to.</summary>
    public RunView Run { get; } = new();

    /// <summary>The answers as they are now.</summary>
    public AnswerFile Answers { get; set; } = new();

    /// <summary>The releases there are.</summary>
    public ReleaseCatalog Releases => field ??= new(Assets);

    /// <summary>The release of the answers. It is read once for each release that the operator turns to.</summary>
    /// <exception cref="InstallerException">There is none of that name.</exception>
    public Release Release
    {
        get
        {
            var name = Answers.Erpnext.Release;
            if (_release is not { } read || read.Name != name)
            {
                _release = read = (name, Releases.Load(name));
            }

            return read.Release;
        }
    }

    /// <summary>What the last run left in the state file.</summary>
    public InstallState State { get; private set; } = new();

    /// <summary>The operator wants the same with everything outside simulated.</summary>
    public bool WantsRehearsal { get; private set; }

    /// <summary>Ends this session for one that rehearses.</summary>
    public void LeaveToRehearse()
    {
        WantsRehearsal = true;
        Navigator.Leave();
    }

    /// <summary>Does something beside the screen and takes its result between two keys. It ends with the session, which waits for its end.</summary>
    /// <param name="failed">Takes what the operator should know. Any other fault ends the program, as on the screen's own thread.</param>
    public void Begin<T>(Func<CancellationToken, Task<T>> work, Action<T> done, Action<InstallerException> failed)
    {
        var begun = Task.Run(() => work(_ended.Token), _ended.Token);
        _begun.RemoveAll(t => t.IsCompleted);
        _begun.Add(begun);
        _ = TakeAsync(begun, done, failed);
    }

    /// <summary>The installation that the answers describe, for looking and planning.</summary>
    /// <param name="text">The answers as they are written.</param>
    /// <param name="heard">Takes what the engine tells, between two keys.</param>
    /// <param name="answers">Others than the present ones.</param>
    public Installation Open(string text, Action<EngineEvent> heard, AnswerFile? answers = null)
    {
        var wanted = answers ?? Questionnaire.Settled(Answers);
        var (secrets, settings) = (new SecretStore(), new StepSettings(wanted, Releases.Load(wanted.Erpnext.Release)));
        var events = new EventStream(Time, secrets, Commands);
        events.Subscribe(e => Post(() => heard(e)));
        return new Installation
        {
            Settings = settings,
            AnswersText = text,
            Steps = InstallSteps.InOrder(),
            World = WorldOf(settings, secrets),
            Directory = Directory,
            Assets = Assets,
            Secrets = secrets,
            Events = events,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ended.Cancel();

        // The process ends next, and what was not cleared away by then stays: a git at work, the repository that it fetched into.
        Task.WaitAny([Task.WhenAll(_begun)], _patience);
        _ended.Dispose();
    }

    private async Task TakeAsync<T>(Task<T> begun, Action<T> done, Action<InstallerException> failed)
    {
        try
        {
            var result = await begun;
            Post(() => done(result));
        }
        catch (InstallerException e)
        {
            Post(() => failed(e));
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // The session is over, and with it whoever asked.
        }
#pragma warning disable CA1031 // Nobody waits for this task: the fault is thrown where the program can end with it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Post(() => ExceptionDispatchInfo.Throw(e));
        }
    }

    private OutsideWorld WorldOf(StepSettings settings, SecretStore secrets) =>
        World is not null ? World(settings, secrets)
        : Rehearse ? RehearsedWorld.Create(settings, Directory, Assets)
        : RealWorld.Create(settings, secrets);
}
