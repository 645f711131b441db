using ErpInstaller.Outside.Host;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.HostChecks;

/// <summary>The kernel's files of other machines, below a directory.</summary>
public sealed class CapturedKernelFilesTests : IDisposable
{
    private const string Unlimited = "9223372036854771712";
    private readonly TemporaryDirectory _root = new();

    public CapturedKernelFilesTests()
    {
        Put("/sys/devices/system/cpu/online", "0-7\n");
        Put("/proc/self/status", "Name:\terp-installer\nCpus_allowed:\tff\nCpus_allowed_list:\t0-7\n");
        Put("/proc/meminfo", "MemTotal:       16368428 kB\nMemFree:         1000000 kB\n");
    }

    [Fact]
    public void All_cpus_count_without_control_groups()
    {
        Put("/proc/self/mountinfo", "21 1 8:1 / / rw - ext4 /dev/sda1 rw\n");

        Assert.Equal(8, Host().ReadCpu().Effective);
        Assert.Equal(16368428L * 1024, Host().ReadMemory().Effective);
    }

    [Fact]
    public void An_affinity_of_four_cpus_leaves_four()
    {
        Put("/proc/self/mountinfo", "21 1 8:1 / / rw - ext4 /dev/sda1 rw\n");
        Put("/proc/self/status", "Cpus_allowed_list:\t0-1,4,7\n");

        Assert.Equal(4, Host().ReadCpu().Effective);
    }

    [Fact]
    public void A_version_2_limit_of_a_parent_group_counts()
    {
        Put("/proc/self/mountinfo", "30 21 0:26 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw,nsdelegate\n");
        Put("/proc/self/cgroup", "0::/user.slice/user-1000.slice/session-2.scope\n");
        Put("/sys/fs/cgroup/user.slice/user-1000.slice/session-2.scope/cpu.max", "max 100000\n");
        Put("/sys/fs/cgroup/user.slice/user-1000.slice/cpu.max", "400000 100000\n");
        Put("/sys/fs/cgroup/user.slice/memory.max", "8589934592\n");
        Put("/sys/fs/cgroup/user.slice/user-1000.slice/memory.max", "max\n");

        Assert.Equal(4, Host().ReadCpu().Quota);
        Assert.Equal(8L << 30, Host().ReadMemory().Limit);
    }

    [Fact]
    public void A_version_1_limit_counts_in_each_controllers_own_tree()
    {
        Put(
            "/proc/self/mountinfo",
            """
            31 30 0:28 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
            34 30 0:31 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
            """
        );
        Put("/proc/self/cgroup", "4:memory:/system.slice\n2:cpu,cpuacct:/system.slice/sshd.service\n0::/\n");
        Put("/sys/fs/cgroup/cpu,cpuacct/system.slice/sshd.service/cpu.cfs_quota_us", "450000\n");
        Put("/sys/fs/cgroup/cpu,cpuacct/system.slice/sshd.service/cpu.cfs_period_us", "100000\n");
        Put("/sys/fs/cgroup/cpu,cpuacct/system.slice/cpu.cfs_quota_us", "-1\n");
        Put("/sys/fs/cgroup/cpu,cpuacct/system.slice/cpu.cfs_period_us", "100000\n");
        Put("/sys/fs/cgroup/memory/system.slice/memory.limit_in_bytes", Unlimited + "\n");

        Assert.Equal(4.5, Host().ReadCpu().Quota);
        Assert.Null(Host().ReadMemory().Limit);
    }

    [Fact]
    public void The_tree_begins_at_the_containers_own_group()
    {
        Put("/proc/self/mountinfo", "31 30 0:28 /docker/1f2e /sys/fs/cgroup/cpu ro - cgroup cgroup rw,cpu\n");
        Put("/proc/self/cgroup", "2:cpu:/docker/1f2e\n");
        Put("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "200000\n");
        Put("/sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");

        Assert.Equal(2, Host().ReadCpu().Quota);
    }

    [Fact]
    public void A_later_mount_hides_an_earlier_one_and_names_with_spaces_are_read()
    {
        var table = MountTable.Parse(
            """
            21 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
            22 21 8:2 / /var/lib/docker rw,relatime shared:1 - xfs /dev/sdb1 rw
            23 21 8:3 / /mnt/two\040words rw - ext4 /dev/sdc1 rw
            24 21 8:4 / /var/lib/docker rw,relatime - btrfs /dev/sdd1 rw
            """
        );

        Assert.Equal("8:1", table.Of("/var/lib/dockers")!.Device);
        Assert.Equal("8:4", table.Of("/var/lib/docker/volumes")!.Device);
        Assert.Equal("8:3", table.Of("/mnt/two words/x")!.Device);
    }

    [Fact]
    public void Sockets_of_all_four_tables_are_read_and_an_invisible_owner_stays_unknown()
    {
        const string Header =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
        Put(
            "/proc/net/tcp",
            Header
                + "   0: 0A0200C0:01BB 00000000:0000 0A 00000000:00000000 00:00000000 00000000    33        0 1001 1\n"
                + "   1: 0A0200C0:01BB 0A0200C1:D431 01 00000000:00000000 00:00000000 00000000    33        0 1002 1\n"
        );
        Put(
            "/proc/net/tcp6",
            Header
                + "   0: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A "
                + "00000000:00000000 00:00000000 00000000     0        0 1003 1\n"
                + "   1: 0000000000000000FFFF00000100007F:0050 00000000000000000000000000000000:0000 0A "
                + "00000000:00000000 00:00000000 00000000     0        0 1004 1\n"
        );
        Put(
            "/proc/net/udp",
            Header
                + "   0: 00000000:01BB 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1005 1\n"
        );
        Put("/proc/712/comm", "nginx\n");
        Directory.CreateDirectory(_root.In("proc/712/fd"));
        File.CreateSymbolicLink(_root.In("proc/712/fd/6"), "socket:[1003]");

        var holders = Host().ReadPortHolders([80, 443]);

        Assert.Equal(
            [
                new PortHolder("tcp", "192.0.2.10", 443, 33),
                new PortHolder("tcp", "::", 80, 0, 712, "nginx"),
                new PortHolder("tcp", "127.0.0.1", 80, 0),
                new PortHolder("udp", "0.0.0.0", 443, 0),
            ],
            holders
        );
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("0-3,8,10-11", 7)]
    public void The_cpus_of_a_list_are_counted(string list, int count) =>
        Assert.Equal(count, ProcessorReader.Count(list));

    public void Dispose() => _root.Dispose();

    private LinuxHost Host() => new(_root.Path);

    private void Put(string path, string text)
    {
        var file = _root.In(path.TrimStart('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
