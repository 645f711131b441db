using ErpInstaller.Outside.Docker;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Outside.Docker;

/// <summary>Engines that these tests cannot start, by their own descriptions.</summary>
public sealed class EngineKindTests
{
    private const string Docker29 = """
        {
          "Platform": { "Name": "Docker Engine - Community" },
          "Components": [{ "Name": "Engine", "Version": "29.1.3" }, { "Name": "containerd", "Version": "v2.2.0" }],
          "Version": "29.1.3", "ApiVersion": "1.52", "MinAPIVersion": "1.44"
        }
        """;

    [Fact]
    public async Task Podman_behind_Dockers_socket_is_recognised()
    {
        var info = await AskAsync(
            """
            {
              "Platform": { "Name": "linux/amd64/debian-12" },
              "Components": [{ "Name": "Podman Engine", "Version": "4.9.3" }, { "Name": "Conmon", "Version": "2.1" }],
              "Version": "4.9.3", "ApiVersion": "1.41", "MinAPIVersion": "1.24"
            }
            """,
            """{ "DockerRootDir": "/var/lib/containers/storage", "Driver": "overlay", "Architecture": "amd64" }"""
        );

        Assert.Equal("Podman Engine", info.Product);
    }

    [Fact]
    public async Task One_request_returns_all_facts_for_the_checks()
    {
        var info = await AskAsync(
            Docker29,
            """
            {
              "DockerRootDir": "/var/lib/docker", "Driver": "overlayfs", "Architecture": "x86_64",
              "DriverStatus": [["driver-type", "io.containerd.snapshotter.v1"]],
              "SecurityOptions": ["name=seccomp,profile=builtin", "name=selinux", "name=userns"],
              "DefaultAddressPools": [{ "Base": "10.201.0.0/24", "Size": 24 }]
            }
            """
        );

        Assert.Equal(DockerEngineInfo.Docker, info.Product);
        Assert.Equal("1.44", info.MinApiVersion);
        Assert.Equal(["seccomp", "selinux", "userns"], info.SecurityOptions);
        Assert.True(info.HasContainerdStore);
        Assert.Equal([new AddressPool("10.201.0.0/24", 24)], info.AddressPools);
    }

    [Theory]
    [InlineData("all predefined address pools have been fully subnetted")]
    [InlineData("could not find an available, non-overlapping IPv4 address pool among the defaults to assign")]
    public void A_network_without_a_free_range_comes_with_the_hint_for_pools(string said)
    {
        var refused = DockerRefused.Explain(said, new InvalidOperationException());

        Assert.Equal($"Docker refuses: no range of addresses is left for a new network ({said})", refused.Message);
        Assert.Contains("docker network prune", refused.Hint!, StringComparison.Ordinal);
        Assert.Contains("default-address-pools", refused.Hint!, StringComparison.Ordinal);
    }

    private static async Task<DockerEngineInfo> AskAsync(string version, string info)
    {
        await using var said = new EngineWithAnswers(("/version", version), ("/info", info));
        using var engine = new DockerEngine(said.Address);
        return await engine.GetInfoAsync(TestContext.Current.CancellationToken);
    }
}
