using ErpInstaller.Core.Assets;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Rehearsal;

namespace ErpInstaller.Tests.Deployment;

/// <summary>The plan shows that a change replaces only the groups that depend on it.</summary>
public sealed class IndependenceTests : IDisposable
{
    private readonly RehearsedNomad _rehearsed = new(new AssetSource(), TimeProvider.System);
    private readonly NomadClient _nomad;

    public IndependenceTests() =>
        _nomad = new NomadClient(new NomadConnection { Address = new Uri("http://rehearsal") }, _rehearsed);

    public static TheoryData<string> Names => IndependenceCases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_change_replaces_only_the_groups_that_it_concerns(string what)
    {
        var (jobs, expected) = IndependenceCases.All[what];

        Assert.Equal(expected, await TouchedAsync(jobs()));
    }

    public void Dispose()
    {
        _nomad.Dispose();
        _rehearsed.Dispose();
    }

    private async Task<List<string>> TouchedAsync(JobSet<Job> changed)
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
                var what =
                    update.DestructiveUpdate + update.Canary > 0 ? "replaced"
                    : update.Place > 0 ? "placed"
                    : update.Stop > 0 ? "stopped"
                    : null;
                if (what is not null)
                {
                    touched.Add($"{job.Id}/{group} {what}");
                }
            }
        }

        return [.. touched.Order(StringComparer.Ordinal)];
    }
}
