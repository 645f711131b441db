using System.Diagnostics;
using System.Globalization;
using ErpInstaller.Answers;
using ErpInstaller.Answers.Files;
using ErpInstaller.Composition;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Secrets;
using ErpInstaller.FollowingDemo;
using ErpInstaller.Lines;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Rehearsal;
using ErpInstaller.Releases;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

// Follows twelve containers that never become healthy, with an event every five seconds. The first argument is the
// number of minutes, the second one the factor by which time runs faster. Prints the cost.
var minutes = double.Parse(args[0], CultureInfo.InvariantCulture);
var haste = double.Parse(args[1], CultureInfo.InvariantCulture);

var small = new ContainerResources { Cpu = 100, Memory = 128 };
var answers = new AnswerFile
{
    Site = new SiteAnswers { Name = "erp.example.com" },
    Scale = new ScaleAnswers
    {
        Backend = 3,
        QueueShort = 3,
        QueueLong = 3,
    },
    Resources = new ResourcesAnswers
    {
        Backend = small,
        QueueShort = small,
        QueueLong = small,
    },
};
using var temporary = new TemporaryState();
var directory = StateDirectory.At(temporary.Path);
var assets = new AssetSource();
var settings = new StepSettings(answers, new ReleaseCatalog(assets).Load(answers.Erpnext.Release));
using var stop = new CancellationTokenSource();
var memory = new List<long>();

var clients = new FaultyClient();
using var rehearsed = new RehearsedNomad(assets, TimeProvider.System, client: clients)
{
    Pace = TimeSpan.FromMilliseconds(20),
};
foreach (var group in (string[])["backend", "websocket", "frontend", "scheduler", "queue-short", "queue-long"])
{
    clients.Failures[group] = TaskFailure.NeverHealthy;
}

using var nomad = new BusyNomad(
    rehearsed,
    answers.Nomad.Job,
    TimeSpan.FromSeconds(5 / haste),
    TimeSpan.FromSeconds(30 / haste)
)
{
    OnFollowing = () => _ = WatchAsync(),
};
using var client = new NomadClient(new NomadConnection { Address = new Uri("http://rehearsal") }, nomad);
var secrets = new SecretStore();
var events = new EventStream(TimeProvider.System, secrets);
events.Subscribe(new PlainFrontEnd(PlainLines.Output, PlainLines.Errors).Show);

await new ErpInstaller.Run.Installer(
    new Installation
    {
        Settings = settings,
        AnswersText = AnswersWriter.Write(answers),
        Steps = InstallSteps.InOrder(),
        World = RehearsedWorld.Create(settings, directory, assets) with { Nomad = client },
        Directory = directory,
        Assets = assets,
        Secrets = secrets,
        Events = events,
    }
).RunAsync(acceptChanges: false, stop.Token);

using var self = Process.GetCurrentProcess();
Console.Error.WriteLine(
    string.Create(
        CultureInfo.InvariantCulture,
        $"{nomad.Requests / minutes:0.0} requests a minute, {memory[0] / 1024} KiB after a minute, "
            + $"{memory[^1] / 1024} KiB at the end, {self.PeakWorkingSet64 / 1024} KiB at most"
    )
);
return memory.Count > 1 ? 0 : 1;

async Task WatchAsync()
{
    for (var minute = 1; minute <= minutes; minute++)
    {
        await Task.Delay(TimeSpan.FromMinutes(1 / haste));
        using var process = Process.GetCurrentProcess();
        memory.Add(process.WorkingSet64);
    }

    await stop.CancelAsync();
}
