using ErpInstaller.Answers;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Scripts;

/// <summary>
/// The frontend without TLS (<c>certificate.mode = "none"</c>): which senders it trusts, and real proxies in front of
/// it.
/// </summary>
[Collection(Frontends.Collection)]
public sealed class NginxBehindAProxyTests
{
    private const string Headers = "-o /dev/null -D -";

    private readonly Frontends _frontends;

    public NginxBehindAProxyTests(Frontends frontends)
    {
        DockerEnvironment.Require();
        _frontends = frontends;
    }

    public static TheoryData<string> Proxies => ["nginx", "caddy", "haproxy"];

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("203.0.113.7, 10.0.0.2", "203.0.113.7")]
    [InlineData("198.51.100.1, 203.0.113.7, 10.0.0.2", "203.0.113.7")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    public async Task The_visitor_is_the_last_untrusted_address_of_a_trusted_proxy(string forwarded, string visitor) =>
        Assert.Contains(
            $"\"x-forwarded-for\": \"{visitor}\"",
            await CurlAsync($"-H 'X-Forwarded-For: {forwarded}' {Trusted("/app")}"),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Headers_from_untrusted_senders_are_ignored()
    {
        var body = await CurlAsync(
            $"-H 'X-Forwarded-For: 203.0.113.7' -H 'X-Forwarded-Proto: http' {Stranger("/app")}"
        );

        Assert.Contains("\"x-forwarded-proto\": \"https\"", body, StringComparison.Ordinal);
        Assert.Contains(
            $"\"x-forwarded-for\": \"{await _frontends.AddressAsync(CertificateMode.None)}\"",
            body,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("-H 'X-Forwarded-Proto: https'")]
    [InlineData("-H 'X-Forwarded-Proto: https, http'")]
    [InlineData("")]
    public async Task The_backend_gets_https_so_that_cookies_are_Secure_and_links_use_https(string proto)
    {
        var body = await CurlAsync($"{proto} {Trusted("/app")}");

        Assert.Contains("\"x-forwarded-proto\": \"https\"", body, StringComparison.Ordinal);
        Assert.Contains($"\"host\": \"{Frontends.Site}\"", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("HTTP")]
    [InlineData("http, https")]
    public async Task A_visitor_without_TLS_is_redirected_to_https(string proto)
    {
        var headers = await CurlAsync($"{Headers} -H 'X-Forwarded-Proto: {proto}' {Trusted("/app?a=b")}");

        Assert.StartsWith("HTTP/1.1 301", headers, StringComparison.Ordinal);
        Assert.Contains($"Location: https://{Frontends.Site}/app?a=b\r\n", headers, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CertificateMode.None, "http://localhost:8080")]
    [InlineData(CertificateMode.LetsEncrypt, "http://localhost:8080")]
    [InlineData(CertificateMode.Provided, "https://localhost:8443")]
    public async Task A_redirect_of_nginx_names_neither_port_nor_scheme_of_the_container(
        CertificateMode mode,
        string address
    )
    {
        var headers = (await _frontends.RunAsync(mode, $"curl -sSk {Headers} {address}/app/ | tr A-Z a-z")).Succeeded();

        Assert.Contains("location: /app\r\n", headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HSTS_is_left_to_the_proxy() =>
        Assert.DoesNotContain(
            "Strict-Transport-Security",
            await CurlAsync($"{Headers} {Trusted("/")}"),
            StringComparison.OrdinalIgnoreCase
        );

    [Fact]
    public async Task The_realtime_server_signs_visitors_in_at_the_frontend_itself()
    {
        var said = (
            await _frontends.RunAsync(CertificateMode.None, $"python3 /local/websocket.py 8080 {Frontends.Site}")
        ).Succeeded();

        Assert.StartsWith("HTTP/1.1 101 Switching Protocols", said, StringComparison.Ordinal);
        Assert.Contains("X-Origin: http://frontend:8080\r\n", said, StringComparison.Ordinal);
        Assert.Contains($"X-Site: {Frontends.Site}\r\n", said, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task A_real_proxy_with_the_documented_configuration_serves_the_site(string kind)
    {
        using var proxy = await OwnProxy.RequireAsync(kind, await _frontends.AddressAsync(CertificateMode.None));

        var page = (
            await proxy.CurlAsync(
                "-H",
                "X-Forwarded-For: 203.0.113.9",
                "-H",
                "X-Forwarded-Proto: http",
                proxy.Https("/app")
            )
        ).Succeeded();
        Assert.Contains($"\"host\": \"{Frontends.Site}\"", page, StringComparison.Ordinal);
        Assert.Contains("\"x-forwarded-proto\": \"https\"", page, StringComparison.Ordinal);

        // The address of curl as the proxy saw it, not that of the proxy or the one that the visitor claims.
        Assert.Contains("\"x-forwarded-for\": \"127.0.0.1\"", page, StringComparison.Ordinal);
        Assert.Contains(
            "strict-transport-security: max-age=31536000",
            (await proxy.CurlAsync("-o", "/dev/null", "-D", "-", proxy.Https("/app"))).Succeeded(),
            StringComparison.OrdinalIgnoreCase
        );
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task A_real_proxy_redirects_http_to_https_and_keeps_the_sites_own_redirects(string kind)
    {
        using var proxy = await OwnProxy.RequireAsync(kind, await _frontends.AddressAsync(CertificateMode.None));

        var plain = (
            await proxy.CurlAsync("-o", "/dev/null", "-w", "%{http_code} %{redirect_url}", proxy.Http("/app"))
        ).Succeeded();
        Assert.Matches($"^30[18] https://{Frontends.Site}(:[0-9]+)?/app$", plain);

        // curl makes a relative location absolute with the requested address.
        var own = (await proxy.CurlAsync("-o", "/dev/null", "-w", "%{redirect_url}", proxy.Https("/app/"))).Succeeded();
        Assert.Equal(proxy.Https("/app"), own);
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task A_WebSocket_and_an_upload_of_49_MB_go_through_a_real_proxy(string kind)
    {
        using var proxy = await OwnProxy.RequireAsync(kind, await _frontends.AddressAsync(CertificateMode.None));
        using var files = new TemporaryDirectory();
        await using (var upload = File.Create(files.In("upload")))
        {
            upload.SetLength(49 * 1024 * 1024);
        }

        var received = (
            await proxy.CurlAsync("--data-binary", $"@{files.In("upload")}", proxy.Https("/api/method/upload_file"))
        ).Succeeded();
        Assert.Contains($"\"received\": {49 * 1024 * 1024}", received, StringComparison.Ordinal);

        // curl waits for the end of the connection. The test needs only the headers.
        var opened = await proxy.CurlAsync(
            "--http1.1",
            "--max-time",
            "1",
            "-o",
            "/dev/null",
            "-D",
            "-",
            "-H",
            "Connection: Upgrade",
            "-H",
            "Upgrade: websocket",
            "-H",
            "Sec-WebSocket-Version: 13",
            "-H",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            proxy.Https("/socket.io/?EIO=4&transport=websocket")
        );
        Assert.StartsWith("HTTP/1.1 101", opened.Output, StringComparison.Ordinal);
        Assert.Contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", opened.Output, StringComparison.Ordinal);
    }

    // From loopback, which the frontend's answers trust.
    private static string Trusted(string path) => $"'http://127.0.0.1:8080{path}'";

    // From the container's own address, which they do not.
    private static string Stranger(string path) => $"\"http://$(hostname -i):8080{path}\"";

    private async Task<string> CurlAsync(string arguments) =>
        (await _frontends.RunAsync(CertificateMode.None, $"curl -sS {arguments}")).Succeeded();
}
