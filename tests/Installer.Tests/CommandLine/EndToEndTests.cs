using System.Diagnostics;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.CommandLine;

/// <summary>
/// The real program with a real engine, real repositories and a real registry; Nomad is simulated over HTTP, and a test
/// server takes the place of the frontend.
/// </summary>
public sealed class EndToEndTests : IAsyncDisposable
{
    private readonly DockerEnvironment _docker = DockerEnvironment.Require();
    private readonly AppRepositories _apps = AppRepositories.Require();
    private readonly string _registry = LocalRegistry.RequireAddress();
    private readonly string _job = $"e2e-{Guid.NewGuid():N}"[..16];
    private readonly Product _product = new();
    private readonly RehearsedNomadServer _nomad = new();
    private readonly ServedSite _site;

    public EndToEndTests()
    {
        _site = new ServedSite(_nomad.Nomad, _job);
        _nomad.Nomad.ChangeNode("unique.network.ip-address", "127.0.0.1");
        _product.Environments["NOMAD_ADDR"] = _nomad.Address.AbsoluteUri;
        _product.Environments["DOCKER_HOST"] = _docker.Endpoint.OriginalString;
    }

    [Fact]
    public async Task One_command_installs_and_the_second_one_finds_everything_in_place()
    {
        var first = await InstallAsync();
        var clock = Stopwatch.StartNew();
        var second = await InstallAsync("--output", "json");

        Assert.True(first.ExitCode == 0, first.Output + first.Errors);
        Assert.Contains("Installed in", first.Output, StringComparison.Ordinal);
        Assert.Contains("Next: sign in at https://erp.example.com", first.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("REHEARSAL", first.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"{_registry}/{_job}@sha256:",
            await File.ReadAllTextAsync(Path.Combine(_product.StateDirectory, "state.toml")),
            StringComparison.Ordinal
        );
        Assert.True(second.ExitCode == 0, second.Output + second.Errors);
        Assert.All(second.Events.Where(e => e.GetProperty("type").GetString() == "step-finished"), e =>
            Assert.True(e.GetProperty("skipped").GetBoolean(), e.ToString())
        );
        TestContext.Current.TestOutputHelper?.WriteLine($"the second install took {clock.Elapsed.TotalSeconds:0.0} s");
    }

    [Fact]
    public async Task No_secret_is_in_any_file_or_line_nor_in_the_image()
    {
        _product.Environments["E2E_ADMIN"] = "Canary4Admin7Password";

        var run = await InstallAsync();

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        string[] secrets =
        [
            "Canary4Admin7Password",
            _nomad.Nomad.Variable($"nomad/jobs/{_job}-data/database", "db_root_password")!,
        ];
        var texts = Directory
            .EnumerateFiles(_product.StateDirectory, "*", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .Append(run.Output)
            .Append(run.Errors)
            .Append((await _docker.DockerAsync("history", "--no-trunc", await ImageAsync())).Output);
        Assert.DoesNotContain(texts, t => secrets.Any(s => t.Contains(s, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_image_that_cannot_be_pulled_is_reported_at_once_with_a_hint()
    {
        _nomad.Nomad.Failures["database"] = TaskFailure.ImagePull;

        (await InstallAsync()).FailedWith(4, "Failed to pull");
    }

    [Fact]
    public async Task The_host_checks_report_a_stopped_Nomad()
    {
        _product.Environments["NOMAD_ADDR"] = "http://127.0.0.1:1";

        (await _product.RunAsync("check", "--answers", Answers())).FailedWith(3, "nomad");
    }

    [Fact]
    public async Task The_host_checks_report_a_stopped_Docker_engine()
    {
        _product.Environments["DOCKER_HOST"] = "unix:///nonexistent/docker.sock";

        (await InstallAsync()).FailedWith(3, "docker");
    }

    public async ValueTask DisposeAsync()
    {
        await _docker.DockerAsync("network", "rm", _job);
        _site.Dispose();
        _nomad.Dispose();
        _product.Dispose();
    }

    private async Task<string> ImageAsync() =>
        (await _docker.DockerAsync("images", "--quiet", $"{_registry}/{_job}")).Succeeded().Split('\n')[0];

    private Task<ProductRun> InstallAsync(params string[] more)
    {
        // The site starts with the application job, because before that the frontend's ports are free.
        _nomad.Nomad.BeforeRegister = id =>
        {
            if (id == _job)
            {
                _site.Open("erp.example.com");
            }

            return null;
        };
        return _product.RunAsync(["install", "--answers", Answers(), .. more]);
    }

    private string Answers() =>
        _product.Write(
            "answers.toml",
            EndToEndAnswers.Text(
                _job,
                _registry,
                _apps,
                (_site.HttpPort, _site.HttpsPort),
                _product.Environments.ContainsKey("E2E_ADMIN")
            )
        );
}
