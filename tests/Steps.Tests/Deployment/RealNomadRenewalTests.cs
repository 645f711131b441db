using System.Text.Json.Nodes;
using ErpInstaller.Answers;
using ErpInstaller.Core.Files;
using ErpInstaller.Deployment;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Tests.Certificate;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment;

/// <summary>The frontend alone, on the real agent that NOMAD_ADDR names, when its certificate is renewed.</summary>
public sealed class RealNomadRenewalTests : IAsyncDisposable
{
    private readonly NomadRest _rest = NomadRest.Require();
    private readonly DockerEnvironment _docker = DockerEnvironment.Require();
    private readonly TestInstallation _installation = new();
    private readonly NomadClient _nomad;
    private string _job = $"renew-{Guid.NewGuid():N}"[..16];
    private string? _volume;

    public RealNomadRenewalTests()
    {
        var connection = new NomadConnection { Address = _rest.Address };
        _nomad = new NomadClient(connection, connection.CreateHandler());
        _installation.World = world => world with { Nomad = _nomad, Time = TimeProvider.System };
    }

    [Theory]
    [InlineData(CertificateDelivery.Variable)]
    [InlineData(CertificateDelivery.HostVolume)]
    public async Task A_renewed_certificate_is_served_without_a_new_container(CertificateDelivery delivery)
    {
        var cancellation = TestContext.Current.CancellationToken;
        _volume = delivery == CertificateDelivery.HostVolume ? await FindVolumeAsync(cancellation) : null;
        using var first = NewCertificate();
        using var second = NewCertificate();
        (await _docker.DockerAsync("network", "create", "--label", _docker.Label, _job)).Succeeded();
        await PutAsync(first);
        var job = await FrontendAsync(cancellation);
        var json = JobJson.Render(job);
        var planned = new PlannedJob(job, json, await _nomad.PlanAsync(json, cancellation));
        await new JobFollower(
            _installation.ContextOf(new DeploymentStep()),
            job,
            "deadlines.application",
            5
        ).RegisterAndFollowAsync(planned, cancellation);
        var container = (await _docker.DockerAsync("ps", "--quiet", "--filter", $"network={_job}")).Succeeded();
        Assert.Equal(first.Pem.Trim(), await ServedAsync(container));

        await PutAsync(second);

        // Some seconds later Nomad reads the Variable, writes the file and reloads nginx.
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (await ServedAsync(container) != second.Pem.Trim())
        {
            await Task.Delay(500, deadline.Token);
        }

        var allocation = Assert.Single((await _nomad.GetAllocationsAsync(_job, index: null, cancellation)).Value!);
        Assert.Equal(("running", 0), (allocation.ClientStatus, allocation.TaskStates!["frontend"].Restarts));
    }

    public async ValueTask DisposeAsync()
    {
        await _rest.SendAsync(HttpMethod.Delete, $"/v1/job/{_job}?purge=true");
        await _rest.SendAsync(HttpMethod.Delete, $"/v1/var/{VariablePaths.Frontend(_job)}");
        var containers = (await _docker.DockerAsync("ps", "--all", "--quiet", "--filter", $"network={_job}")).Output;
        if (containers.Split('\n', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } ids)
        {
            await _docker.DockerAsync(["rm", "--force", "--volumes", .. ids]);
        }

        await _docker.DockerAsync("volume", "rm", "--force", $"{_job}-sites", $"{_job}-logs");
        await _docker.DockerAsync("network", "rm", _job);
        _rest.Dispose();
        _nomad.Dispose();
        _installation.Dispose();
    }

    private static Issued NewCertificate() =>
        Issued.Alone(
            new Issued.Wish { From = DateTimeOffset.UtcNow.AddDays(-1), To = DateTimeOffset.UtcNow.AddDays(1) }
        );

    // The application job as it is deployed, without the groups that do not use the certificate, on free ports.
    private async Task<Job> FrontendAsync(CancellationToken cancellation)
    {
        var node = await _nomad.ResolveNodeAsync("", cancellation);
        var answers = JobCases.Default with
        {
            Certificate = new CertificateAnswers
            {
                Mode = CertificateMode.Provided,
                Delivery = _volume is null ? CertificateDelivery.Variable : CertificateDelivery.HostVolume,
            },
            Nomad = new NomadAnswers { Job = _job },
            Resources = new ResourcesAnswers
            {
                Frontend = new ContainerResources { Cpu = 100, Memory = 128 },
            },
        };
        var job = JobCases.Build(answers, DockerEnvironment.Runtime, node: node).Application;
        var frontend = job.Groups.Single(g => g.Name == "frontend");
        return job with
        {
            Groups = [frontend with { Ports = [.. frontend.Ports.Select(p => p with { Static = null })] }],
        };
    }

    // A host volume is in the agent's configuration, and the job has its name.
    private async Task<string> FindVolumeAsync(CancellationToken cancellation)
    {
        const string name = "erp-test-ssl";
        var volumes = (await _nomad.ResolveNodeAsync("", cancellation)).HostVolumes;
        Assert.SkipUnless(
            volumes?.ContainsKey(name) == true,
            $"needs a real Nomad agent with a host volume {name} that the container's user may enter"
        );
        _job = name[..^"-ssl".Length];
        return volumes![name].Path;
    }

    private Task<JsonNode?> PutAsync(Issued certificate)
    {
        var items = new JsonObject { [VariablePaths.Certificate] = certificate.Pem };
        if (_volume is null)
        {
            items[VariablePaths.Key] = certificate.KeyPem;
        }
        else
        {
            AtomicFile.Write(
                Path.Combine(_volume, CertificateVolume.FileName),
                certificate.Pem + certificate.KeyPem,
                owner: 1000
            );
        }

        return _rest.SendAsync(
            HttpMethod.Put,
            $"/v1/var/{VariablePaths.Frontend(_job)}",
            new JsonObject
            {
                ["Namespace"] = "default",
                ["Path"] = VariablePaths.Frontend(_job),
                ["Items"] = items,
            }
        );
    }

    private async Task<string> ServedAsync(string container) =>
        (
            await _docker.DockerAsync(
                "exec",
                container,
                "bash",
                "-c",
                "openssl s_client -connect localhost:8443 -servername erp.example.com </dev/null 2>/dev/null | "
                    + "openssl x509"
            )
        ).Output.Trim();
}
