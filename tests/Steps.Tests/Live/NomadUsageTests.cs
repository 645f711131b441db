using System.Text.Json;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Tests.Outside.Nomad;

namespace ErpInstaller.Tests.Live;

/// <summary>What a Nomad client says of the use of a container.</summary>
public sealed class NomadUsageTests
{
    [Fact]
    public void A_client_that_publishes_it_tells_CPU_and_memory_without_the_cache()
    {
        var used = Read("allocation-stats").Tasks!["mariadb"].ResourceUsage!;

        Assert.InRange(used.CpuStats!.Percent, 0.04, 0.05);
        Assert.Equal(424_255_488, used.MemoryStats!.WithoutFiles);
    }

    [Fact]
    public void A_client_that_publishes_nothing_has_no_tasks() =>
        Assert.Empty(Read("allocation-stats-unpublished").Tasks!);

    [Fact]
    public void Where_the_kernel_measures_no_RSS_the_cache_is_taken_off() =>
        Assert.Equal(70, new NomadMemoryUsage { Usage = 100, Cache = 30 }.WithoutFiles);

    private static NomadAllocationUsage Read(string name) =>
        Recording.Body(name).Deserialize(NomadJson.Default.NomadAllocationUsage)!;
}
