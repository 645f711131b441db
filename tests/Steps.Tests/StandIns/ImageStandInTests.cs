using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.StandIns;

/// <summary>The stand-in images exist and have the layout of the real ones.</summary>
public sealed class ImageStandInTests
{
    private readonly DockerEnvironment _docker = DockerEnvironment.Require();

    [Theory]
    [InlineData(DockerEnvironment.Builder)]
    [InlineData(DockerEnvironment.Runtime)]
    [InlineData(DockerEnvironment.LinkedRuntime)]
    public async Task Frappe_images_run_as_the_user_frappe(string image)
    {
        var run = await _docker.RunAsync(image, "id");

        Assert.Contains("uid=1000(frappe) gid=1000(frappe)", run.Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_builder_has_bench_and_no_bench_directory()
    {
        var run = await _docker.BashAsync(DockerEnvironment.Builder, "command -v bench; ls ~");

        Assert.Equal("/usr/local/bin/bench", run.Succeeded());
    }

    [Fact]
    public async Task The_runtime_has_the_volumes_and_the_command_of_the_real_image()
    {
        var run = await _docker.DockerAsync(
            "inspect",
            "--format",
            "{{json .Config.Volumes}} {{json .Config.Entrypoint}} {{index .Config.Cmd 0}}",
            DockerEnvironment.Runtime
        );

        const string bench = "/home/frappe/frappe-bench";
        Assert.Equal(
            $$$"""{"{{{bench}}}/logs":{},"{{{bench}}}/sites":{},"{{{bench}}}/sites/assets":{}} """
                + $"null {bench}/env/bin/gunicorn",
            run.Succeeded()
        );
    }

    [Fact]
    public async Task The_newer_runtime_links_its_assets_at_every_start()
    {
        var run = await _docker.BashAsync(DockerEnvironment.LinkedRuntime, "readlink sites/assets");

        Assert.EndsWith("/home/frappe/frappe-bench/assets", run.Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task I_can_push_an_image_to_the_registry()
    {
        var name = $"{LocalRegistry.RequireAddress()}/stand-ins/redis:test";
        await _docker.DockerAsync("tag", DockerEnvironment.Redis, name);

        var push = await _docker.DockerAsync("push", name);
        await _docker.DockerAsync("rmi", name);

        Assert.Contains("digest: sha256:", push.Succeeded(), StringComparison.Ordinal);
    }
}
