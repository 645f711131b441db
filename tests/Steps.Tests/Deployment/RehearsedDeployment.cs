using ErpInstaller.Answers;
using ErpInstaller.Backup;
using ErpInstaller.Composition;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Ids;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Outside.Site;
using ErpInstaller.Rehearsal;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;
using ErpInstaller.Verification;

namespace ErpInstaller.Tests.Deployment;

/// <summary>
/// An installation up to its deployment. Its Nomad and its engine keep their state between runs, and tests can make
/// them fail.
/// </summary>
internal sealed class RehearsedDeployment : IDisposable
{
    /// <summary>The number of containers in the application job.</summary>
    public static readonly int ApplicationContainers = ContainerGroups.Of(JobRole.Application).Count();

    /// <summary>The number of containers of all jobs.</summary>
    public static readonly int AllContainers = ContainerCount.Total(new AnswerFile());

    private readonly TestInstallation _installation = new()
    {
        Steps = [.. InstallSteps.InOrder().Where(s => s.Id != StepId.Verification)],
    };

    private readonly RegistrationWatch _registration;
    private readonly NomadClient _client;

    /// <param name="between">Stands between the installation and Nomad.</param>
    /// <param name="atOnce">The number of containers that advance one stage together.</param>
    public RehearsedDeployment(DelegatingHandler? between = null, int atOnce = int.MaxValue)
    {
        Nomad = new FaultyNomad(_installation.Time, pace: TimeSpan.FromSeconds(1), atOnce: atOnce);
        FaultyDocker = new FaultyDocker(_installation.Time);
        Docker = FaultyDocker;
        between?.InnerHandler = Nomad;
        _registration = new RegistrationWatch(between ?? (HttpMessageHandler)Nomad);
        _client = new NomadClient(new NomadConnection { Address = new Uri("http://rehearsal") }, _registration);
        _installation.Listen(e => Heard?.Invoke(e));
        _installation.World = world =>
            world with
            {
                Nomad = _client,
                Docker = Docker,
                IsRehearsal = IsRehearsal,
                Site = Site?.Invoke(world.Site) ?? world.Site,
            };
    }

    public FaultyNomad Nomad { get; }

    /// <inheritdoc cref="RegistrationWatch.AnswersToLose"/>
    public int AnswersToLose
    {
        set => _registration.AnswersToLose = value;
    }

    /// <summary>The engine, unless a test sets another <see cref="Docker"/>.</summary>
    public FaultyDocker FaultyDocker { get; }

    public IDockerEngine Docker { get; set; }

    public AnswerFile Answers
    {
        get => _installation.Answers;
        set => _installation.Answers = value;
    }

    public AskedFor AskedFor
    {
        set => _installation.AskedFor = value;
    }

    public NomadClient Client => _client;

    /// <summary>False: files on this host are written as in an installation.</summary>
    public bool IsRehearsal { get; set; } = true;

    public IReadOnlyList<EngineEvent> Events => _installation.Events;

    /// <summary>The progress messages of the deployment, in order.</summary>
    public IEnumerable<string> Told =>
        Events.OfType<Progress>().Where(p => p.Step == StepId.Deployment).Select(p => p.Text);

    /// <summary>Makes another site of the one of this world; null: that one.</summary>
    public Func<ISite, ISite>? Site { get; set; }

    /// <summary>Adds a step after the deployment.</summary>
    public void Add(IStep step) => _installation.Steps = [.. _installation.Steps, step];

    /// <summary>Hears each event.</summary>
    public Action<EngineEvent>? Heard { get; set; }

    /// <summary>Adds a listener to the events.</summary>
    public void Listen(Action<EngineEvent> listener) => _installation.Listen(listener);

    /// <summary>Installs; whatever waits for a time to come gets it.</summary>
    public Task<Finished> InstallAsync(CancellationToken cancellation = default) =>
        RunAsync(Operation.Install, cancellation);

    /// <summary>Runs an operation; whatever waits for a time to come gets it.</summary>
    public async Task<Finished> RunAsync(Operation operation, CancellationToken cancellation = default)
    {
        _installation.Operation = operation;
        _registration.Seen = operation != Operation.Install;
        var run = Task.Run(() => _installation.InstallAsync(acceptChanges: true, cancellation), CancellationToken.None);
        await PassTimeAsync(run);
        return await run;
    }

    /// <summary>Runs an operation and interrupts it at an event.</summary>
    /// <param name="at">The number of the event, from 1.</param>
    public async Task InterruptAsync(Operation operation, int at)
    {
        using var stop = new CancellationTokenSource();
        var seen = 0;
        Heard = _ =>
        {
            if (++seen == at)
            {
                stop.Cancel();
            }
        };
        await RunAsync(operation, stop.Token);
        Heard = null;
    }

    /// <summary>Lets time pass until something ends.</summary>
    public async Task PassTimeAsync(Task run)
    {
        while (!run.IsCompleted)
        {
            if (_registration.Seen)
            {
                _installation.Time.Advance(TimeSpan.FromSeconds(1));
            }

            await Task.WhenAny(run, Task.Delay(1, CancellationToken.None));
        }
    }

    /// <summary>The plan of the deployment.</summary>
    public async Task<StepPlanned> PlanAsync()
    {
        await new Planner(_installation.Open()).PlanAsync(TestContext.Current.CancellationToken);
        return Events.OfType<StepPlanned>().Last(p => p.Step == StepId.Deployment);
    }

    /// <summary>Chooses the apps beside ERPNext.</summary>
    public void Choose(params string[] apps) =>
        Answers = Answers with { Apps = Answers.Apps with { Install = [.. apps] } };

    /// <summary>Makes an action of a script in a container fail.</summary>
    /// <param name="word">The word of its error.</param>
    public void FailAction(string action, string word, string message = "said") =>
        Nomad.Client.OutputOf = task =>
            task["Env"]?[BackupJob.ActionKey]?.GetValue<string>() == action
                ? $$"""{"backup": "failed", "error": "{{word}}", "message": "{{message}}"}"""
                : null;

    /// <summary>Lets everything succeed again.</summary>
    public void FailNothing()
    {
        Nomad.Client.OutputOf = null;
        Nomad.OnFollowing = null;
        Nomad.Failures.Clear();
    }

    /// <summary>How many containers of the application run.</summary>
    public async Task<int> RunningAsync() =>
        (await Client.GetAllocationsAsync("erpnext", index: null, TestContext.Current.CancellationToken)).Value!.Count(
            a => a is { ClientStatus: "running", DesiredStatus: "run" }
        );

    /// <summary>The groups of the application as they are registered: count and image.</summary>
    public async Task<string> ImagesAsync() =>
        string.Join(
            '\n',
            (await Client.FindSpecificationAsync("erpnext", TestContext.Current.CancellationToken))!["TaskGroups"]!
                .AsArray()
                .Select(g => $"{g!["Name"]} × {g["Count"]}: {g["Tasks"]![0]!["Config"]!["image"]}")
        );

    /// <summary>The installation as a command is given it.</summary>
    public Installation Open() => _installation.Open();

    /// <summary>A file of the state directory.</summary>
    public string StateFile(string name) => _installation.Directory.In(name);

    public void Dispose()
    {
        _client.Dispose();
        _registration.Dispose();
        _installation.Dispose();
    }
}
