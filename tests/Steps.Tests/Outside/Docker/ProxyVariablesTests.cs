using ErpInstaller.Core.Files;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Outside.Docker;

/// <summary>A host that reaches the world through a proxy.</summary>
public sealed class ProxyVariablesTests
{
    private static readonly Dictionary<string, string> Proxy = new()
    {
        ["https_proxy"] = "http://operator:canary-77b1@proxy.example.com:3128",
        ["NO_PROXY"] = "git.example.com",
    };

    [Fact]
    public void Proxies_are_read_in_both_spellings()
    {
        var here = new Dictionary<string, string>
        {
            ["https_proxy"] = "http://a:1",
            ["HTTPS_PROXY"] = "http://b:1",
            ["http_proxy"] = "",
            ["PATH"] = "/bin",
        };

        Assert.Equal(["https_proxy", "HTTPS_PROXY"], ProxyVariables.Of(here.GetValueOrDefault).Keys);
    }

    [Theory]
    [InlineData("http://operator:canary@proxy.example.com:3128", "canary", false)]
    [InlineData("http://proxy.example.com:3128", null, false)]
    [InlineData("http://127.0.0.1:3128", null, true)]
    [InlineData("http://localhost:3128", null, true)]
    [InlineData("proxy.example.com", null, false)]
    [InlineData("operator:canary@proxy.example.com:3128", "canary", false)]
    [InlineData("localhost:3128", null, true)]
    public void The_proxys_password_is_kept_out_of_messages_and_a_proxy_on_loopback_is_reported(
        string value,
        string? password,
        bool loopback
    ) => Assert.Equal((password, loopback), (ProxyVariables.PasswordIn(value), ProxyVariables.IsLoopback(value)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_build_gets_the_proxies_and_the_image_does_not_keep_them(bool buildx)
    {
        var docker = DockerEnvironment.Require();
        using var engine = new DockerEngine(docker.Endpoint, buildx ? DockerEnvironment.RequireBuildx() : null);
        var file = new GeneratedFile(
            "Dockerfile",
            $"FROM {DockerEnvironment.Builder}\nRUN echo \"{Guid.NewGuid():N} $https_proxy $NO_PROXY\"\n"
        );
        var said = new List<string>();

        var image = await engine.BuildAsync(
            new ImageBuild([file], buildx) { Proxy = Proxy },
            e => said.Add((e as BuildEvent.Line)?.Text ?? ""),
            TestContext.Current.CancellationToken
        );

        Assert.Contains(said, l => l.EndsWith($" {Proxy["https_proxy"]} git.example.com", StringComparison.Ordinal));
        var kept =
            (await docker.DockerAsync("history", "--no-trunc", image)).Succeeded()
            + (await docker.DockerAsync("inspect", image)).Succeeded();
        Assert.DoesNotContain("canary", kept, StringComparison.Ordinal);
        await docker.DockerAsync("rmi", image);
    }
}
