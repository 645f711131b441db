using ErpInstaller.Answers;
using ErpInstaller.Assets;
using ErpInstaller.Deployment;
using ErpInstaller.Nomad;
using ErpInstaller.Rehearsal;
using ErpInstaller.Releases;

namespace ErpInstaller.Tests.Deployment;

/// <summary>A change touches what it is about and nothing else: shown by the plan.</summary>
public sealed class IndependenceTests : IDisposable
{
    private readonly SimulatedNomad _simulated = new(new AssetSource(), TimeProvider.System);
    private readonly NomadClient _nomad;

    public IndependenceTests() => _nomad = new NomadClient(new NomadConnection { Address = new Uri("http://simulated") }, _simulated);

    [Fact]
    public async Task The_same_answers_twice_touch_nothing() =>
        Assert.Empty(await TouchedAsync(JobCases.Build(JobCases.Default)));

    [Fact]
    public async Task Another_MariaDB_touches_the_database_only()
    {
        var release = new ReleaseCatalog(new AssetSource()).Load("v15.75.1");

        var touched = await TouchedAsync(JobCases.Build(JobCases.Default, release: release with { Images = release.Images with { Mariadb = "mariadb:10.11" } }));

        Assert.Equal(["erpnext-data/database replaced"], touched);
    }

    [Fact]
    public async Task Another_ERPNext_image_touches_the_application_and_leaves_the_data()
    {
        var touched = await TouchedAsync(JobCases.Build(JobCases.Default, image: "erpnext-full:v15.75.1-ffffffffffff"));

        Assert.Equal(
            ["erpnext-init/site replaced", "erpnext/backend replaced", "erpnext/frontend replaced", "erpnext/queue-long replaced", "erpnext/queue-short replaced", "erpnext/scheduler replaced", "erpnext/websocket replaced"],
            touched);
    }

    [Fact]
    public async Task A_count_touches_its_group_only() =>
        Assert.Equal(["erpnext/queue-short placed"], await TouchedAsync(JobCases.Build(JobCases.Default with { Scale = new ScaleAnswers { QueueShort = 3 } })));

    [Fact]
    public async Task Other_resources_of_a_group_touch_that_group_only() =>
        Assert.Equal(
            ["erpnext/websocket replaced"],
            await TouchedAsync(JobCases.Build(JobCases.Default with { Resources = new ResourcesAnswers { Websocket = new ContainerResources { Cpu = 300, Memory = 700 } } })));

    [Fact]
    public async Task Other_ports_touch_the_frontend_only() =>
        Assert.Equal(
            ["erpnext/frontend replaced"],
            await TouchedAsync(JobCases.Build(JobCases.Default with { Site = JobCases.Default.Site with { HttpsPort = 8443 } })));

    public void Dispose()
    {
        _nomad.Dispose();
        _simulated.Dispose();
    }

    private async Task<List<string>> TouchedAsync(IReadOnlyList<Job> changed)
    {
        foreach (var job in JobCases.Build(JobCases.Default))
        {
            await _nomad.RegisterAsync(JobJson.Render(job), 0, "", CancellationToken.None);
        }

        var touched = new List<string>();
        foreach (var job in changed)
        {
            var plan = await _nomad.PlanAsync(JobJson.Render(job), CancellationToken.None);
            foreach (var (group, update) in plan.Annotations!.DesiredTGUpdates!)
            {
                var what = update.DestructiveUpdate > 0 ? "replaced" : update.Place > 0 ? "placed" : update.Stop > 0 ? "stopped" : null;
                if (what is not null)
                {
                    touched.Add($"{job.Id}/{group} {what}");
                }
            }
        }

        return [.. touched.Order(StringComparer.Ordinal)];
    }
}
