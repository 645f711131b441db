using System.Text;
using ErpInstaller.Core.Errors;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Outside.Docker;

/// <summary>The answers of a real engine.</summary>
public sealed class DockerEngineTests : IDisposable
{
    private readonly DockerEnvironment _docker = DockerEnvironment.Require();
    private readonly DockerEngine _engine;

    public DockerEngineTests() => _engine = new DockerEngine(_docker.Endpoint);

    [Fact]
    public async Task The_engine_reports_its_version()
    {
        var info = await _engine.GetInfoAsync(TestContext.Current.CancellationToken);

        Assert.Matches(@"^\d+\.\d+", info.Version);
        Assert.Matches(@"^1\.\d+$", info.ApiVersion);
        Assert.True(Path.IsPathRooted(info.RootDirectory));
        Assert.NotEmpty(info.StorageDriver);
        Assert.Contains(info.Architecture, (string[])["x86_64", "aarch64"]);
    }

    [Fact]
    public async Task I_can_inspect_an_image()
    {
        var image = await _engine.FindImageAsync(DockerEnvironment.Runtime, default);

        Assert.NotNull(image);
        Assert.StartsWith("sha256:", image.Id, StringComparison.Ordinal);
        Assert.Contains(DockerEnvironment.Runtime, image.Tags);
        Assert.Contains("erp-installer.standin", image.Labels.Keys);
        Assert.True(image.SizeBytes > 1_000_000);
    }

    [Fact]
    public async Task A_missing_image_is_no_error() =>
        Assert.Null(await _engine.FindImageAsync("erp-installer-test/nothing:none", default));

    [Fact]
    public async Task I_can_create_a_network_and_find_it_by_its_full_name()
    {
        var name = $"erp-installer-test-{Guid.NewGuid():N}";
        var label = _docker.Label.Split('=');
        try
        {
            await _engine.CreateNetworkAsync(
                name,
                new Dictionary<string, string> { [label[0]] = label[1] },
                mtu: 1380,
                default
            );

            var found = await _engine.FindNetworkAsync(name, default);
            Assert.Equal("bridge", found?.Driver);
            Assert.Equal(label[1], found?.Labels[label[0]]);
            Assert.Equal(1380, found?.Mtu);
            Assert.Single(found!.Subnets);
            Assert.Contains(await _engine.ListNetworksAsync(default), n => n.Name == name && n.Mtu == 1380);
            Assert.Null(await _engine.FindNetworkAsync(name[..^1], default));
        }
        finally
        {
            await _docker.DockerAsync("network", "rm", name);
        }
    }

    [Fact]
    public async Task A_refused_network_is_an_error_for_the_operator()
    {
        var labels = new Dictionary<string, string>();

        var refused = await Assert.ThrowsAsync<DockerRefused>(() =>
            _engine.CreateNetworkAsync(DockerNetwork.DefaultBridge, labels, mtu: null, default)
        );

        Assert.Equal(ExitCode.StepFailed, refused.ExitCode);
        Assert.StartsWith("Docker refuses: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_volume_is_removed_with_the_ended_containers_that_Nomad_forgot_and_with_no_other()
    {
        var volume = $"erp-installer-test-{Guid.NewGuid():N}";
        var other = $"{volume}-other";
        string[] run = ["run", "--label", _docker.Label, "--volume", $"{volume}:/data", "--name"];
        string[] ofNomad = ["--label", "com.hashicorp.nomad.alloc_id=1"];
        await _docker.DockerAsync([.. run, volume, .. ofNomad, DockerEnvironment.Redis, "true"]);
        await _docker.DockerAsync([.. run, other, DockerEnvironment.Redis, "true"]);
        try
        {
            await Assert.ThrowsAsync<DockerRefused>(() => _engine.RemoveVolumeAsync(volume, default));
            Assert.NotEqual(0, (await _docker.DockerAsync("container", "inspect", volume)).ExitCode);
            Assert.Equal(0, (await _docker.DockerAsync("container", "inspect", other)).ExitCode);

            await _docker.DockerAsync("rm", other);
            await _engine.RemoveVolumeAsync(volume, default);

            Assert.Null(await _engine.FindVolumeAsync(volume, default));
        }
        finally
        {
            await _docker.DockerAsync("rm", "--force", volume, other);
            await _docker.DockerAsync("volume", "rm", "--force", volume);
        }
    }

    [Fact]
    public async Task The_output_of_a_task_of_Nomad_is_read_from_its_container()
    {
        var allocation = Guid.NewGuid().ToString();
        var name = $"mariadb-{allocation}";
        string[] how = ["--name", name, "--label", _docker.Label, "--entrypoint", "sh"];
        var run = await _docker.DockerAsync([
            "run",
            .. how,
            DockerEnvironment.Redis,
            "-c",
            "echo ready; echo no room >&2",
        ]);
        run.Succeeded();
        try
        {
            Assert.Equal("ready\n", await ReadAsync("stdout", follow: true));
            Assert.Equal("no room\n", await ReadAsync("stderr", follow: false));
            Assert.Null(await ReadAsync("stdout", follow: false, task: "redis"));
        }
        finally
        {
            await _docker.DockerAsync("rm", "--force", name);
        }

        async Task<string?> ReadAsync(string type, bool follow, string task = "mariadb")
        {
            var text = new StringBuilder();
            return await _engine.ReadTaskLogAsync(
                new TaskLogRequest(allocation, task, type, Lines: null, follow),
                piece => text.Append(Encoding.UTF8.GetString(piece)),
                default
            )
                ? text.ToString()
                : null;
        }
    }

    [Fact]
    public async Task I_can_see_which_ports_a_container_publishes()
    {
        var run = await _docker.DockerAsync(
            "run",
            "--detach",
            "--label",
            _docker.Label,
            "--publish",
            "127.0.0.1::6379",
            DockerEnvironment.Redis
        );
        var id = run.Succeeded();
        try
        {
            var container = Assert.Single(await _engine.ListContainersAsync(default), c => c.Id == id);

            Assert.Equal(DockerEnvironment.Redis, container.Image);
            Assert.DoesNotContain('/', container.Name);
            Assert.Single(container.Ports);
        }
        finally
        {
            await _docker.DockerAsync("rm", "--force", id);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();
}
