using ErpInstaller.Deployment;
using ErpInstaller.HostChecks.Checks;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Host;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.HostChecks;

/// <summary>The range of addresses and the MTU of the containers' network.</summary>
public sealed class DockerNetworkTests : IDisposable
{
    // docker0 and an address on eth0, as /proc/net/route shows them on x86.
    private const string Routes = """
        Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
        eth0	00000000	010200C0	0003	0	0	0	00000000	0	0	0
        wg0	0000000A	0100000A	0003	0	0	0	000000FF	0	0	0
        docker0	000011AC	00000000	0001	0	0	0	0000FFFF	0	0	0
        eth0	000200C0	00000000	0001	0	0	0	00FFFFFF	0	0	0
        """;

    private readonly TemporaryDirectory _root = new();

    [Fact]
    public void The_first_range_that_no_network_has_is_free()
    {
        Assert.Equal("172.17.0.0/16", FreeAddresses.Find([], []));
        Assert.Equal("172.19.0.0/16", FreeAddresses.Find([], ["172.17.0.0/16", "172.18.3.0/24"]));
        Assert.Equal("192.168.16.0/20", FreeAddresses.Find([], ["172.16.0.0/12", "192.168.0.0/24", "fd00::/64"]));
    }

    [Fact]
    public void A_pool_of_one_range_is_used_up_by_one_network()
    {
        AddressPool[] pools = [new("10.201.0.0/24", 24)];

        Assert.Equal("10.201.0.0/24", FreeAddresses.Find(pools, ["172.17.0.0/16"]));
        Assert.Null(FreeAddresses.Find(pools, ["10.201.0.0/24"]));
    }

    [Fact]
    public void A_pool_that_cannot_be_read_gives_nothing() =>
        Assert.Null(FreeAddresses.Find([new("nonsense", 24), new("10.0.0.0/16", 8), new("fd00::/32", 64)], []));

    [Fact]
    public void The_last_range_of_all_addresses_ends_the_search() =>
        Assert.Equal("255.255.255.0/24", FreeAddresses.Find([new("255.255.254.0/23", 24)], ["255.255.254.0/24"]));

    [Fact]
    public void The_hosts_networks_and_its_MTU_are_read_from_the_kernel()
    {
        Put("/proc/net/route", Routes);
        Put("/sys/class/net/eth0/mtu", "1400\n");
        Put("/sys/class/net/wg0/mtu", "1280\n");

        var network = new LinuxHost(_root.Path).ReadNetwork(address: null);

        Assert.Equal(1400, network.Mtu);
        Assert.Equal(["172.17.0.0/16", "192.0.2.0/24"], network.Connected);
    }

    [Theory]
    [InlineData(1500, 1500, null)]
    [InlineData(1500, 9000, null)]
    [InlineData(1500, 1400, 1400)]
    [InlineData(1450, 1500, 1450)]
    [InlineData(1450, 1280, 1280)]
    [InlineData(null, null, null)]
    public void The_network_gets_the_smaller_MTU_of_engine_and_host(int? engine, int? host, int? expected)
    {
        var bridge = new DockerNetwork("bridge", "bridge", new Dictionary<string, string>()) { Mtu = engine };

        Assert.Equal(expected, NetworkMtu.Of([bridge], host));
    }

    [Theory]
    [InlineData("version = 2\nroot = \"/data/containerd\"\n[plugins]\n", "/data/containerd")]
    [InlineData("version = 2\n[plugins]\nroot = \"/elsewhere\"\n", "/var/lib/containerd")]
    [InlineData("#root = \"/var/lib/other\"\n", "/var/lib/containerd")]
    public void The_directory_of_containerd_is_that_of_its_configuration(string configuration, string expected)
    {
        Put("/etc/containerd/config.toml", configuration);

        Assert.Equal(expected, new LinuxHost(_root.Path).ContainerdDirectory);
    }

    public void Dispose() => _root.Dispose();

    private void Put(string path, string text)
    {
        var file = Path.Join(_root.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
