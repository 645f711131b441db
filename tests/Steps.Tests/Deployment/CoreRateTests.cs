using ErpInstaller.Answers;
using ErpInstaller.Deployment;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Tests.Deployment;

/// <summary>The node gets another CPU: Nomad counts other MHz for the same cores.</summary>
public sealed class CoreRateTests : IDisposable
{
    private const double Own = 5000;
    private const long Room = 40_000;

    private readonly RehearsedDeployment _rig = new();

    [Theory]
    [InlineData("12345")]
    [InlineData("31200")]
    [InlineData("80000")]
    public async Task Another_CPU_in_the_node_replaces_no_group(string totalcompute)
    {
        await _rig.InstallAsync();

        _rig.Nomad.ChangeNode("cpu.totalcompute", totalcompute);

        Assert.Empty((await _rig.PlanAsync()).Changes);
        var again = await _rig.InstallAsync();
        Assert.Equal((0, null), (again.ExitCode, again.Message));
    }

    [Fact]
    public async Task A_changed_CPU_of_one_group_replaces_that_group_only_and_is_counted_as_before()
    {
        await _rig.InstallAsync();
        _rig.Nomad.ChangeNode("cpu.totalcompute", "31200");

        _rig.Answers = _rig.Answers with
        {
            Resources = new ResourcesAnswers
            {
                Websocket = new ContainerResources { Cpu = 400, Memory = 512 },
            },
        };

        var change = Assert.Single((await _rig.PlanAsync()).Changes);
        Assert.Equal(
            new PlannedChange(ChangeKind.Replace, "erpnext/websocket × 1", "Resources.CPU: 520 → 1040"),
            change
        );
    }

    [Fact]
    public void Without_registered_jobs_the_nodes_own_rate_is_used() =>
        Assert.Null(CoreRate.Of(Jobs(500, 200), [], Own, Room));

    [Theory]
    [InlineData(2600)]
    [InlineData(2596.3)]
    [InlineData(1333.3333333333333)]
    [InlineData(9999.7)]
    public void The_rate_gives_every_group_the_MHz_that_it_has(double rate)
    {
        int[] millicores = [1, 37, 100, 250, 333, 500, 1000, 1500];
        var registered = Registered([.. millicores.Select(m => NomadNode.ToMhz(m, rate))]);

        var found = CoreRate.Of(Jobs(millicores), registered, Own, Room)!.Value;

        Assert.Equal(
            millicores.Select(m => NomadNode.ToMhz(m, rate)),
            millicores.Select(m => NomadNode.ToMhz(m, found))
        );
    }

    [Fact]
    public void A_group_that_was_changed_does_not_change_the_rate_of_the_others()
    {
        // The third was given 400 millicores before.
        var found = CoreRate.Of(Jobs(500, 200, 100), Registered(1300, 520, 1040), Own, Room);

        Assert.Equal([1300, 520, 260], ((int[])[500, 200, 100]).Select(m => NomadNode.ToMhz(m, found!.Value)));
    }

    [Fact]
    public void If_the_old_MHz_exceed_the_node_its_own_rate_is_used() =>
        Assert.Null(CoreRate.Of(Jobs(500, 200), Registered(1300, 520), own: 1000, room: 1800));

    [Fact]
    public void Jobs_made_with_the_nodes_own_rate_keep_it() =>
        Assert.Null(CoreRate.Of(Jobs(500, 200), Registered(2500, 1000), Own, Room));

    /// <inheritdoc/>
    public void Dispose() => _rig.Dispose();

    private static List<Job> Jobs(params int[] millicores) =>
        [
            new Job
            {
                Id = "erpnext",
                Namespace = "default",
                Datacenter = "dc1",
                NodePool = "default",
                Meta = new Dictionary<string, string>(),
                Constraints = [],
                Groups =
                [
                    .. millicores.Select(
                        (m, i) =>
                            new JobGroup
                            {
                                Name = $"g{i}",
                                Tasks =
                                [
                                    new JobTask
                                    {
                                        Name = "t",
                                        Image = "i",
                                        Mhz = m,
                                        Memory = 100,
                                    },
                                ],
                            }
                    ),
                ],
            },
        ];

    private static List<NomadJobSummary> Registered(params int[] mhz) =>
        [
            new NomadJobSummary
            {
                ID = "erpnext",
                TaskGroups =
                [
                    .. mhz.Select(
                        (m, i) =>
                            new NomadJobGroup
                            {
                                Name = $"g{i}",
                                Tasks =
                                [
                                    new NomadJobTask
                                    {
                                        Name = "t",
                                        Resources = new NomadJobTaskResources { CPU = m },
                                    },
                                ],
                            }
                    ),
                ],
            },
        ];
}
