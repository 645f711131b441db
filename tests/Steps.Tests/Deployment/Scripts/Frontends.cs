using ErpInstaller.Answers;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Files;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Tests.Certificate;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Scripts;

/// <summary>
/// nginx with each certificate mode, as the frontend's container runs it. The backend and the realtime server behind it
/// answer with the request that they received. Shared by the tests of the collection.
/// </summary>
[CollectionDefinition(Collection)]
public sealed class Frontends : IAsyncLifetime, ICollectionFixture<Frontends>
{
    /// <summary>The collection of the tests that share it.</summary>
    public const string Collection = "nginx of the frontend";

    /// <summary>The site's name.</summary>
    public const string Site = "erp.example.com";

    /// <summary>curl's options to reach the site over HTTPS as its name.</summary>
    public const string Trusting = $"curl -sS --cacert /secrets/site.crt --resolve {Site}:8443:127.0.0.1";

    private const string HostVolume = "HostVolume";

    private const string SilentDns =
        "import socket, time; u = socket.socket(type=socket.SOCK_DGRAM); u.bind(('', 53)); t = socket.socket(); "
        + "t.bind(('', 53)); t.listen(); time.sleep(1e6)";

    private readonly string _name = $"nginx-{Guid.NewGuid():N}"[..18];
    private readonly TemporaryDirectory _files = new();
    private DockerEnvironment? _docker;
    private string _gateway = "";

    /// <summary>A line of bash in the container of the frontend with this way of the certificate.</summary>
    public Task<ProgramRun> RunAsync(CertificateMode mode, string line) => RunAsync(mode.ToString(), line);

    /// <summary>The same in the frontend whose certificate is in a host volume.</summary>
    public Task<ProgramRun> RunWithHostVolumeAsync(string line) => RunAsync(HostVolume, line);

    /// <summary>The address of a frontend's container, which this machine reaches.</summary>
    public async Task<string> AddressAsync(CertificateMode mode) => await AddressAsync(mode.ToString());

    /// <summary>The certificate that the frontends with one serve, as a file of this machine.</summary>
    public string CertificateFile => _files.In("secrets/site.crt");

    /// <summary>Puts a certificate into the host volume, as the installer does.</summary>
    internal void Deliver(Issued certificate) =>
        AtomicFile.Write(
            _files.In($"certificate/{CertificateVolume.FileName}"),
            certificate.Pem + certificate.KeyPem,
            owner: 1000
        );

    /// <summary>A line of bash in the frontend with a provided certificate.</summary>
    public async Task<string> BashAsync(string line) => (await RunAsync(CertificateMode.Provided, line)).Succeeded();

    /// <summary>
    /// The status of an answer of the site, then its headers in lower case; further options of curl first.
    /// </summary>
    public Task<string> HeadersAsync(string path, string options = "") =>
        BashAsync($"{Trusting} {options} -o /dev/null -D - https://{Site}:8443{path} | tr A-Z a-z");

    /// <summary>The request that the backend received for this path, as JSON.</summary>
    public Task<string> BodyAsync(string path, string options = "") =>
        BashAsync($"{Trusting} {options} https://{Site}:8443{path}");

    /// <summary>Kills the backend, as a fault does.</summary>
    public async Task KillBackendAsync() =>
        (await _docker!.DockerAsync("rm", "--force", $"{_name}-backend")).Succeeded();

    /// <summary>Starts a backend where there is none.</summary>
    public Task StartBackendAsync() =>
        StartAsync(
            "backend",
            "--network-alias",
            "backend",
            "--network-alias",
            "websocket",
            "--volume",
            $"{_files.In("backend.py")}:/backend.py:ro",
            DockerEnvironment.Runtime,
            "python3",
            "/backend.py"
        );

    /// <summary>
    /// Starts a new backend while another container keeps the old one's address. Returns both addresses.
    /// </summary>
    public async Task<(string Before, string After)> MoveBackendAsync()
    {
        var before = await AddressAsync("backend");
        await _docker!.DockerAsync("rm", "--force", $"{_name}-backend");
        await StartAsync("squatter", "--ip", before, DockerEnvironment.Runtime, "sleep", "infinity");
        await StartBackendAsync();
        return (before, await AddressAsync("backend"));
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (!DockerEnvironment.IsThere)
        {
            return;
        }

        _docker = DockerEnvironment.Require();

        // A test sets an address, which the engine allows only in a subnet that was set too.
        var first = $"10.{Random.Shared.Next(64, 128)}.{Random.Shared.Next(256)}";
        var subnet = $"{first}.0/24";

        // Proxies on this machine come from there.
        _gateway = $"{first}.1";
        (
            await _docker.DockerAsync("network", "create", "--subnet", subnet, "--label", _docker.Label, _name)
        ).Succeeded();
        Directory.CreateDirectory(_files.In("secrets"));
        using var certificate = Issued.Alone(
            new Issued.Wish { From = DateTimeOffset.UtcNow.AddDays(-1), To = DateTimeOffset.UtcNow.AddDays(1) }
        );
        await WriteAsync("secrets/site.crt", certificate.Pem);
        await WriteAsync("secrets/site.key", certificate.KeyPem);
        foreach (var script in (string[])["backend.py", "websocket.py"])
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Deployment", "Scripts", script), _files.In(script));
        }

        // The host's DNS server, out of reach: it takes every question and answers none.
        await StartAsync("dns", "--user", "0", DockerEnvironment.Runtime, "python3", "-c", SilentDns);
        Directory.CreateDirectory(_files.In("certificate"));
        Deliver(certificate);
        await StartBackendAsync();
        foreach (var mode in Enum.GetValues<CertificateMode>())
        {
            await StartFrontendAsync(mode.ToString(), new CertificateAnswers { Mode = mode });
        }

        await StartFrontendAsync(
            HostVolume,
            new CertificateAnswers { Mode = CertificateMode.Provided, Delivery = CertificateDelivery.HostVolume }
        );
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_docker is not null)
        {
            string[] containers = ["backend", "squatter", "dns", HostVolume, .. Enum.GetNames<CertificateMode>()];
            await _docker.DockerAsync([
                "rm",
                "--force",
                "--volumes",
                .. containers.Select(container => $"{_name}-{container}"),
            ]);
            await _docker.DockerAsync("network", "rm", _name);
        }

        _files.Dispose();
    }

    private async Task StartFrontendAsync(string name, CertificateAnswers certificate)
    {
        var answers = JobCases.Default with
        {
            Certificate = certificate,
            Site = JobCases.Default.Site with
            {
                TrustedProxies = certificate.Mode == CertificateMode.None ? ["127.0.0.1", "10.0.0.0/30", _gateway] : [],
            },
        };
        await WriteAsync(
            $"{name}.conf",
            NginxConfiguration.Render(
                new AssetSource(),
                answers,
                trusted: certificate.Mode != CertificateMode.SelfSigned
            )
        );
        await StartAsync(
            name,
            "--dns",
            await AddressAsync("dns"),
            "--dns-option",
            SingleTopology.NamesOfTheNetworkOnly,
            "--volume",
            $"{_files.In($"{name}.conf")}:/local/nginx.conf:ro",
            "--volume",
            certificate.Delivery == CertificateDelivery.Variable
                ? $"{_files.In("secrets")}:/secrets:ro"
                : $"{_files.In("certificate")}:{CertificateVolume.Directory}:ro",
            "--volume",
            $"{_files.In("websocket.py")}:/local/websocket.py:ro",
            DockerEnvironment.Runtime,
            "nginx",
            "-c",
            "/local/nginx.conf",
            "-g",
            "daemon off;"
        );
        (
            await RunAsync(
                name,
                $"""
                set -e
                mkdir -p sites/{Site}/public/files sites/{Site}/private/files sites/assets/crm/frontend/assets
                echo picture >sites/{Site}/public/files/logo.png
                echo '<svg/>' >sites/{Site}/public/files/logo.SVG
                echo page >sites/{Site}/public/files/page.html
                echo hidden >'sites/{Site}/private/files/pay slip.txt'
                echo module >sites/assets/crm/frontend/assets/index-Ab_12xYz.js
                echo worker >sites/assets/crm/frontend/sw.js
                for i in {"{1..100}"}; do curl -so /dev/null http://localhost:8080 && exit; sleep 0.1; done; exit 1
                """
            )
        ).Succeeded();
    }

    private Task<ProgramRun> RunAsync(string frontend, string line) =>
        _docker!.DockerAsync("exec", $"{_name}-{frontend}", "bash", "-c", line);

    private async Task WriteAsync(string name, string text) =>
        await File.WriteAllTextAsync(_files.In(name), text, TestContext.Current.CancellationToken);

    private async Task<string> AddressAsync(string container) =>
        (
            await _docker!.DockerAsync(
                "inspect",
                "--format",
                "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}",
                $"{_name}-{container}"
            )
        ).Succeeded();

    private Task StartAsync(string name, params string[] arguments) => _docker!.StartAsync(_name, name, arguments);
}
