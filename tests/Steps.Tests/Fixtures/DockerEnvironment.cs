using System.Text;
using CliWrap;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>
/// The Docker engine of this run, with the stand-in images in it. A test class asks for it in its constructor:
/// <c>private readonly DockerEnvironment _docker = DockerEnvironment.Require();</c> and is skipped where there is none.
/// </summary>
internal sealed class DockerEnvironment
{
    /// <summary>Stands for <c>frappe/build:v15.75.1</c>: bench and its tools.</summary>
    public const string Builder = "erp-installer-standin/frappe-build:v15.75.1";

    /// <summary>Stands for <c>frappe/erpnext:v15.75.1</c>: Frappe 15.78.1 and ERPNext 15.75.1 in a bench.</summary>
    public const string Runtime = "erp-installer-standin/frappe-erpnext:v15.75.1";

    /// <summary>
    /// Stands for <c>frappe/erpnext:v16.32.3</c>, whose entrypoint links assets into the sites volume.
    /// </summary>
    public const string LinkedRuntime = "erp-installer-standin/frappe-erpnext:v16.32.3";

    /// <summary>Stands for <c>mariadb:10.6</c>.</summary>
    public const string MariaDb = "erp-installer-standin/mariadb:10.6";

    /// <summary>Stands for <c>redis:6.2-alpine</c>.</summary>
    public const string Redis = "erp-installer-standin/redis:6.2-alpine";

    private DockerEnvironment(Uri endpoint, string run)
    {
        Endpoint = endpoint;
        Label = $"erp-installer.test={run}";
    }

    /// <summary>
    /// Whether there is an engine, for fixtures that prepare something for tests that may be skipped.
    /// </summary>
    public static bool IsThere => TestSetup.Read("ERP_TEST_DOCKER") is not null;

    /// <summary>Where the engine listens, <c>unix:///…</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>
    /// The label <c>key=value</c> of every container, network and volume that a test creates. <c>./test</c> removes all
    /// objects with it. Images are not removed by it.
    /// </summary>
    public string Label { get; }

    /// <summary>The engine of this run; the running test is skipped, with the reason, when there is none.</summary>
    public static DockerEnvironment Require()
    {
        var reason = TestSetup.Read("ERP_TEST_NO_DOCKER") ?? "not started by ./test, which prepares one";
        return new DockerEnvironment(
            new Uri(TestSetup.Require("ERP_TEST_DOCKER", $"needs a Docker engine: {reason}")),
            TestSetup.Read("ERP_TEST_RUN") ?? "manual"
        );
    }

    /// <summary>
    /// A configuration of the docker command with the plugin buildx, for BuildKit; the running test is skipped, with
    /// the reason, when there is none.
    /// </summary>
    public static string RequireBuildx()
    {
        var reason = TestSetup.Read("ERP_TEST_NO_BUILDX") ?? "not prepared by ./test";
        return TestSetup.Require("ERP_TEST_BUILDX", $"needs docker's plugin buildx: {reason}");
    }

    /// <summary>
    /// Runs a command in a new container, without input and without a terminal, and waits for its end.
    /// </summary>
    public Task<ProgramRun> RunAsync(string image, params string[] command) =>
        DockerAsync(["run", "--rm", "--label", Label, image, .. command]);

    /// <summary>
    /// Runs a line of bash in a new container, in the working directory of its image. The output has both streams in
    /// the order in which they were written.
    /// </summary>
    public Task<ProgramRun> BashAsync(string image, string line) => RunAsync(image, "bash", "-c", $"exec 2>&1\n{line}");

    /// <summary>Starts a container in a network, named after both.</summary>
    /// <param name="more">Options, the image and its command.</param>
    public async Task StartAsync(string network, string name, params IEnumerable<string> more) =>
        (
            await DockerAsync([
                "run",
                "--detach",
                "--init",
                "--label",
                Label,
                "--name",
                $"{network}-{name}",
                "--network",
                network,
                .. more,
            ])
        ).Succeeded();

    /// <summary>Runs the docker command line against this engine.</summary>
    public async Task<ProgramRun> DockerAsync(params string[] arguments)
    {
        var output = new StringBuilder();
        var result = await Cli.Wrap("docker")
            .WithArguments(arguments)
            .WithEnvironmentVariables(set => set.Set("DOCKER_HOST", Endpoint.OriginalString))
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(output))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(TestContext.Current.CancellationToken);
        return new ProgramRun(result.ExitCode, output.ToString());
    }
}
