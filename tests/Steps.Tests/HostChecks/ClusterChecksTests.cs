using ErpInstaller.Answers;
using ErpInstaller.HostChecks.Checks;
using ErpInstaller.HostChecks.Facts;

namespace ErpInstaller.Tests.HostChecks;

/// <summary>In a cluster the checks judge the nodes instead of this host.</summary>
public sealed class ClusterChecksTests
{
    private static readonly AnswerFile Answers = new()
    {
        Site = new SiteAnswers { Name = "erp.example.com" },
        Image = new ImageAnswers { Registry = "registry.example.com" },
        Nomad = new NomadAnswers { Topology = NomadTopology.Cluster, Node = "node-a" },
        Cluster = new ClusterAnswers { DataNode = "node-b", SitesNfs = "nfs.example.com:/srv/erpnext" },
    };

    [Fact]
    public void Two_nodes_of_half_the_size_have_enough_room()
    {
        Assert.Equal(VerdictKind.Fail, new NomadCapacityCheck().Judge(Node("node-a", 4, 8192), Answers).Kind);
        Assert.Equal(
            VerdictKind.Pass,
            new NomadCapacityCheck().Judge(Cluster(Node("node-a", 4, 8192), Node("node-b", 4, 8192)), Answers).Kind
        );
    }

    [Fact]
    public void A_container_that_fits_on_no_single_node_fails()
    {
        var verdict = new NomadCapacityCheck().Judge(
            Cluster(Node("node-a", 4, 3500), Node("node-b", 4, 3500), Node("node-c", 4, 3500), Node("node-d", 4, 3500)),
            Answers
        );

        Assert.Equal(VerdictKind.Fail, verdict.Kind);
        Assert.Equal(
            "no node has room for backend (2.0 cores, 4096 MiB): lower [resources] or [scale] in the answers, or add "
                + "a node",
            verdict.Hint
        );
    }

    [Fact]
    public void A_pinned_group_needs_room_on_its_own_node()
    {
        var large = Node("node-a", 16, 32768);
        var small = Node("node-b", 16, 512);

        Assert.Equal(VerdictKind.Pass, new NomadCapacityCheck().Judge(Cluster(large, small), Answers).Kind);
        var verdict = new NomadCapacityCheck().Judge(Cluster(large, small with { Pinned = ["database"] }), Answers);
        Assert.StartsWith(
            "no node has room for database (0.5 cores, 1024 MiB)",
            verdict.Hint,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void In_a_cluster_this_host_needs_no_cores_and_only_memory_for_the_build()
    {
        var memory = new MemoryFact(Total: 7L << 30);

        Assert.Equal(VerdictKind.Pass, new CpuCheck().Judge(new CpuFact(2, 2), Answers).Kind);
        Assert.Equal(VerdictKind.Pass, new MemoryCheck().Judge(memory, Answers).Kind);
        Assert.Equal(VerdictKind.Warn, new MemoryCheck().Judge(memory with { Total = 4L << 30 }, Answers).Kind);
        Assert.Equal(VerdictKind.Fail, new MemoryCheck().Judge(memory, new AnswerFile()).Kind);
    }

    [Theory]
    [InlineData(true, VerdictKind.Fail)]
    [InlineData(false, VerdictKind.Warn)]
    public void A_node_without_docker_volumes_fails_when_the_answers_name_it(bool named, VerdictKind expected)
    {
        var answers = Answers with
        {
            Cluster = Answers.Cluster with { Nodes = named ? ["node-a", "node-b", "node-c"] : [] },
        };
        var fact = new NomadVolumesFact("node-a", true, [new("node-b", true), new("node-c", false)]);

        var verdict = new NomadVolumesCheck().Judge(fact, answers);

        Assert.Equal((expected, "not enabled on node-c"), (verdict.Kind, verdict.Found));
    }

    [Fact]
    public void The_smallest_policy_lets_a_token_mount_the_host_volumes_of_the_answers()
    {
        var fact = new NomadPermissionsFact("default", ["namespace \"default\" submit-job"]);
        var onVolumes = Answers with
        {
            Cluster = new ClusterAnswers
            {
                DatabaseVolume = "erpnext-db",
                RedisQueueVolume = "erpnext-queue",
                SitesVolume = "erpnext-sites",
            },
        };

        Assert.DoesNotContain(
            "host_volume",
            new NomadPermissionsCheck().Judge(fact, Answers).Hint,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "host_volume \"erpnext-db\" {\\n  policy = \"write\"\\n}\\nhost_volume \"erpnext-queue\"",
            new NomadPermissionsCheck().Judge(fact, onVolumes).Hint,
            StringComparison.Ordinal
        );

        var delivered = Answers with
        {
            Certificate = new CertificateAnswers { Delivery = CertificateDelivery.HostVolume },
        };
        Assert.Contains(
            "host_volume \"erpnext-ssl\" {\\n  policy = \"read\"\\n}",
            new NomadPermissionsCheck().Judge(fact, delivered).Hint,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Ports_of_another_machine_are_reported_as_not_checked()
    {
        var verdict = new PortsCheck().Judge(new PortsFact("192.0.2.11", [], [], Elsewhere: true), Answers);

        Assert.Equal(VerdictKind.Pass, verdict.Kind);
        Assert.StartsWith("not checked: 192.0.2.11 is not this host", verdict.Found, StringComparison.Ordinal);
    }

    private static NomadCapacityFact Node(string name, int cores, int memory) =>
        new(name, cores * 2600, memory, 0, 0, 2600, []);

    private static NomadCapacityFact Cluster(NomadCapacityFact entry, params NomadCapacityFact[] others) =>
        entry with
        {
            Others = others,
        };
}
