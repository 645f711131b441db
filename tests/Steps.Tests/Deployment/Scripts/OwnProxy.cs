using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;
using ErpInstaller.Tests.Certificate;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Scripts;

/// <summary>
/// A real proxy on this machine, with its configuration from <c>docs/behind-a-proxy.md</c>, before a frontend without
/// TLS.
/// </summary>
internal sealed class OwnProxy : IDisposable
{
    private const string Path = "/usr/sbin:/usr/bin:/sbin:/bin";

    private readonly TemporaryDirectory _files = new();
    private readonly int _http = FreePort();
    private readonly int _https = FreePort();
    private readonly Process _process;

    private OwnProxy(string kind, string frontend)
    {
        using var certificate = Issued.Alone(
            new Issued.Wish { From = DateTimeOffset.UtcNow.AddDays(-1), To = DateTimeOffset.UtcNow.AddDays(1) }
        );
        File.WriteAllText(_files.In("chain.pem"), certificate.Pem);
        File.WriteAllText(_files.In("key.pem"), certificate.KeyPem);
        File.WriteAllText(_files.In("both.pem"), certificate.Pem + certificate.KeyPem);
        File.WriteAllText(_files.In("configuration"), Configuration(kind, Documented(kind), frontend));
        var start = new ProcessStartInfo(ProgramOf(kind)!)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["HOME"] = _files.In("");
        foreach (var argument in Arguments(kind))
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
    }

    /// <summary>Starts one; the running test is skipped where the program is not installed.</summary>
    /// <param name="kind">The language of its block in the document.</param>
    /// <param name="frontend">Address of the frontend.</param>
    public static async Task<OwnProxy> RequireAsync(string kind, string frontend)
    {
        Assert.SkipWhen(ProgramOf(kind) is null, $"needs {kind}: apt-get install {kind}");
        var proxy = new OwnProxy(kind, frontend);
        for (var tries = 0; tries < 100; tries++)
        {
            if ((await proxy.CurlAsync("-o", "/dev/null", proxy.Https("/app"))).ExitCode == 0)
            {
                return proxy;
            }

            Assert.False(
                proxy._process.HasExited,
                proxy._process.HasExited
                    ? await proxy._process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)
                    : ""
            );
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"{kind} does not answer");
    }

    /// <summary>An address of the site at the proxy, by HTTPS.</summary>
    public string Https(string path) =>
        string.Create(CultureInfo.InvariantCulture, $"https://{Frontends.Site}:{_https}{path}");

    /// <summary>The same without TLS.</summary>
    public string Http(string path) =>
        string.Create(CultureInfo.InvariantCulture, $"http://{Frontends.Site}:{_http}{path}");

    /// <summary>
    /// The output of curl for an answer. Both ports lead to the proxy, whose certificate curl trusts.
    /// </summary>
    public async Task<ProgramRun> CurlAsync(params string[] arguments)
    {
        string[] all =
        [
            "-sS",
            "--cacert",
            _files.In("chain.pem"),
            "--resolve",
            string.Create(CultureInfo.InvariantCulture, $"{Frontends.Site}:{_https}:127.0.0.1"),
            "--resolve",
            string.Create(CultureInfo.InvariantCulture, $"{Frontends.Site}:{_http}:127.0.0.1"),
            .. arguments,
        ];
        var run = await Cli.Wrap("curl")
            .WithArguments(all)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        return new ProgramRun(run.ExitCode, run.StandardOutput + run.StandardError);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
        _files.Dispose();
    }

    private static string Documented(string kind) =>
        Regex
            .Match(
                File.ReadAllText(Repository.In("docs", "behind-a-proxy.md")),
                $"^```{kind}\n(.*?)^```$",
                RegexOptions.Singleline | RegexOptions.Multiline
            )
            .Groups[1]
            .Value;

    private static string? ProgramOf(string kind) =>
        Path.Split(':').Select(d => $"{d}/{kind}").FirstOrDefault(File.Exists);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // Ports, files and the node's address are those of the test. The rest is as in the document.
    private string Configuration(string kind, string documented, string frontend)
    {
        var text = documented
            .Replace("192.0.2.20:8080", $"{frontend}:8080", StringComparison.Ordinal)
            .Replace("/etc/ssl/erp.example.com/fullchain.pem", _files.In("chain.pem"), StringComparison.Ordinal)
            .Replace("/etc/ssl/erp.example.com/privkey.pem", _files.In("key.pem"), StringComparison.Ordinal)
            .Replace("/etc/haproxy/erp.example.com.pem", _files.In("both.pem"), StringComparison.Ordinal)
            .Replace("listen 80;", Text($"listen {_http};"), StringComparison.Ordinal)
            .Replace("listen 443 ", Text($"listen {_https} "), StringComparison.Ordinal)
            .Replace("bind :80\n", Text($"bind 127.0.0.1:{_http}\n"), StringComparison.Ordinal)
            .Replace("bind :443 ", Text($"bind 127.0.0.1:{_https} "), StringComparison.Ordinal)
            .Replace(
                "erp.example.com {",
                $"erp.example.com {{\n  tls {_files.In("chain.pem")} {_files.In("key.pem")}",
                StringComparison.Ordinal
            );
        return kind switch
        {
            "nginx" => $"{(Environment.IsPrivilegedProcess ? "user root;\n" : "")}pid {_files.In("nginx.pid")};\n"
                + $"error_log {_files.In("error.log")};\nevents {{}}\nhttp {{\naccess_log off;\n"
                + string.Concat(
                    new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(t =>
                        $"{t}_temp_path {_files.In(t)};\n"
                    )
                )
                + $"{text}}}\n",
            "caddy" => Text($"{{\n  admin off\n  http_port {_http}\n  https_port {_https}\n")
                + $"  storage file_system {_files.In("caddy")}\n}}\n{text}",
            _ => text,
        };
    }

    private string[] Arguments(string kind) =>
        kind switch
        {
            "nginx" => ["-e", _files.In("error.log"), "-c", _files.In("configuration"), "-g", "daemon off;"],
            "caddy" => ["run", "--adapter", "caddyfile", "--config", _files.In("configuration")],
            _ => ["-db", "-f", _files.In("configuration")],
        };

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
