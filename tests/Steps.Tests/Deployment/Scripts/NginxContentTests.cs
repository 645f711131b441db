using ErpInstaller.Answers;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Scripts;

/// <summary>The files that the frontend's nginx serves itself, and the requests that it forwards.</summary>
[Collection(Frontends.Collection)]
public sealed class NginxContentTests
{
    private readonly Frontends _frontends;

    public NginxContentTests(Frontends frontends)
    {
        DockerEnvironment.Require();
        _frontends = frontends;
    }

    [Fact]
    public async Task Assets_with_a_hash_in_their_name_are_cached_for_a_year()
    {
        var bundle = await _frontends.BashAsync("cd sites && ls assets/frappe/dist/js/desk.bundle.*.js");

        foreach (var path in (string[])[$"/{bundle}", "/assets/crm/frontend/assets/index-Ab_12xYz.js"])
        {
            var headers = await _frontends.HeadersAsync(path);
            Assert.StartsWith("http/2 200", headers, StringComparison.Ordinal);
            Assert.Contains(
                "cache-control: public, max-age=31536000, immutable\r\n",
                headers,
                StringComparison.Ordinal
            );
            Assert.Contains("content-type: application/javascript", headers, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/assets/frappe/js/desk.bundle.js")]
    [InlineData("/assets/crm/frontend/sw.js")]
    public async Task Assets_that_the_next_image_may_change_are_cached_for_an_hour(string path)
    {
        var headers = await _frontends.HeadersAsync(path);

        Assert.StartsWith("http/2 200", headers, StringComparison.Ordinal);
        Assert.Contains("cache-control: public, max-age=3600\r\n", headers, StringComparison.Ordinal);
        Assert.Contains("etag:", headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_that_is_closed_for_an_update_lets_requests_with_the_pass_through_and_no_others()
    {
        const string markers = $"sites/{Frontends.Site}/.installer";
        const string held = $"{markers}/held {markers}/held-Pass2048 {markers}/maintenance";
        await _frontends.BashAsync($"mkdir -p {markers} && touch {held}");
        try
        {
            string[] wrong =
            [
                "",
                "-H 'X-Erp-Installer-Pass: Pass2049'",
                "-H 'X-Erp-Installer-Pass: x/../held-Pass2048'",
            ];
            foreach (var header in wrong)
            {
                Assert.StartsWith(
                    "http/2 503",
                    await _frontends.HeadersAsync("/app", header),
                    StringComparison.Ordinal
                );
            }

            foreach (var path in (string[])["/app", "/api/method/ping", "/socket.io/"])
            {
                var headers = await _frontends.HeadersAsync(path, "-H 'X-Erp-Installer-Pass: Pass2048'");
                Assert.StartsWith("http/2 200", headers, StringComparison.Ordinal);
            }
        }
        finally
        {
            await _frontends.BashAsync($"rm -f {held}");
        }
    }

    [Fact]
    public async Task While_the_database_changes_pages_are_the_maintenance_page_and_open_pages_still_get_their_assets()
    {
        var bundle = await _frontends.BashAsync("cd sites && ls assets/frappe/dist/js/desk.bundle.*.js");
        const string marker = $"sites/{Frontends.Site}/.installer/maintenance";
        await _frontends.BashAsync($"mkdir -p sites/{Frontends.Site}/.installer && touch {marker}");
        try
        {
            foreach (var path in (string[])["/app", "/api/method/ping", "/socket.io/", "/files/none.html"])
            {
                var headers = await _frontends.HeadersAsync(path);
                Assert.StartsWith("http/2 503", headers, StringComparison.Ordinal);
                Assert.Contains("retry-after: 10\r\n", headers, StringComparison.Ordinal);
            }

            Assert.Contains(
                "is being updated or started",
                await _frontends.BodyAsync("/app"),
                StringComparison.Ordinal
            );
            Assert.StartsWith("http/2 200", await _frontends.HeadersAsync($"/{bundle}"), StringComparison.Ordinal);
        }
        finally
        {
            await _frontends.BashAsync($"rm -f {marker}");
        }

        Assert.StartsWith("http/2 200", await _frontends.HeadersAsync("/app"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assets_are_those_of_the_current_image_then_of_the_one_before_it()
    {
        await _frontends.BashAsync(
            """
            set -e
            mkdir -p sites/.assets/{new,old}/assets/crm
            echo new >sites/.assets/new/assets/crm/both.js; echo old >sites/.assets/old/assets/crm/both.js
            echo old >sites/.assets/old/assets/crm/gone.js
            ln -sfn new sites/.assets/current; ln -sfn old sites/.assets/previous
            """
        );
        try
        {
            Assert.Equal("new", await _frontends.BodyAsync("/assets/crm/both.js"));
            Assert.Equal("old", await _frontends.BodyAsync("/assets/crm/gone.js"));
            Assert.Equal("worker", await _frontends.BodyAsync("/assets/crm/frontend/sw.js"));
        }
        finally
        {
            await _frontends.BashAsync("rm -r sites/.assets");
        }
    }

    [Fact]
    public async Task A_missing_asset_is_not_found_and_not_cached()
    {
        var headers = await _frontends.HeadersAsync("/assets/frappe/dist/js/gone.bundle.ABCD1234.js");

        Assert.StartsWith("http/2 404", headers, StringComparison.Ordinal);
        Assert.DoesNotContain("cache-control", headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Public_files_are_served_and_those_that_could_run_are_downloads()
    {
        Assert.Equal("picture", await _frontends.BodyAsync("/files/logo.png"));
        Assert.DoesNotContain(
            "content-disposition",
            await _frontends.HeadersAsync("/files/logo.png"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "content-disposition: attachment",
            await _frontends.HeadersAsync("/files/logo.SVG"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "content-disposition: attachment",
            await _frontends.HeadersAsync("/files/page.html"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Private_files_are_sent_only_if_the_backend_allows_it()
    {
        var asked = await _frontends.HeadersAsync("/protected/private/files/pay%20slip.txt");
        var handed = await _frontends.BodyAsync("/accel/private/files/pay%20slip.txt");

        Assert.StartsWith("http/2 404", asked, StringComparison.Ordinal);
        Assert.Equal("hidden", handed);
    }

    [Theory]
    [InlineData("/common_site_config.json")]
    [InlineData("/erp.example.com/site_config.json")]
    [InlineData("/assets/../common_site_config.json")]
    [InlineData("/files/../../private/files/pay%20slip.txt")]
    [InlineData("/files/%2e%2e/%2e%2e/private/files/pay%20slip.txt")]
    public async Task Configuration_and_private_files_cannot_be_requested(string path)
    {
        var body = await _frontends.BodyAsync(path, "--path-as-is");

        // Forwarded to the backend or refused, never read from the volume.
        Assert.True(
            body.StartsWith("{\"path\":", StringComparison.Ordinal)
                || body.Contains("400 Bad Request", StringComparison.Ordinal),
            body
        );
    }

    [Theory]
    [InlineData(CertificateMode.Provided, 8443, "https")]
    [InlineData(CertificateMode.LetsEncrypt, 8080, "http")]
    public async Task A_WebSocket_goes_through(CertificateMode mode, int port, string scheme)
    {
        var said = (
            await _frontends.RunAsync(mode, $"python3 /local/websocket.py {port} {Frontends.Site}")
        ).Succeeded();

        Assert.StartsWith("HTTP/1.1 101 Switching Protocols", said, StringComparison.Ordinal);
        Assert.Contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", said, StringComparison.Ordinal);
        Assert.Contains($"X-Origin: {scheme}://{Frontends.Site}\r\n", said, StringComparison.Ordinal);
        Assert.EndsWith("through and back", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Polling_instead_of_a_WebSocket_goes_to_the_realtime_server_too()
    {
        var headers = await _frontends.HeadersAsync(
            "/socket.io/?EIO=4&transport=polling".Replace("&", "\\&", StringComparison.Ordinal)
        );

        Assert.Contains($"x-site: {Frontends.Site}", headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_that_gunicorn_trusts_come_only_from_nginx()
    {
        var sent = await _frontends.BodyAsync(
            "/app",
            "-H 'X-Forwarded-Proto: http' -H 'X-Forwarded-Ssl: off' -H 'X-Forwarded-Protocol: http' -H "
                + "'X-Forwarded-Host: evil.example.com' -H 'Script_Name: /evil'"
        );

        Assert.Contains("\"x-forwarded-proto\": \"https\"", sent, StringComparison.Ordinal);
        foreach (var header in (string[])["x-forwarded-ssl", "x-forwarded-protocol", "x-forwarded-host", "script_name"])
        {
            Assert.DoesNotContain($"\"{header}\"", sent, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(49, "200")]
    [InlineData(51, "413")]
    public async Task An_upload_may_have_50_MB(int size, string status)
    {
        var said = await _frontends.BashAsync(
            $"truncate -s {size}M /tmp/upload; {Frontends.Trusting} -o /tmp/answer -w '%{{http_code}}' --data-binary "
                + "@/tmp/upload "
                + $"https://{Frontends.Site}:8443/api/method/upload_file 2>/dev/null; rm /tmp/upload; grep -o "
                + "'\"received\": [0-9]*' /tmp/answer || true"
        );

        Assert.StartsWith(status, said, StringComparison.Ordinal);
        Assert.Equal(size < 50, said.EndsWith($"\"received\": {size * 1024 * 1024}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Headers_of_16_KB_pass_both_ways()
    {
        var sent = await _frontends.BodyAsync("/app", "-H \"X-Wide: $(head -c 16384 /dev/zero | tr '\\0' w)\"");
        var received = await _frontends.HeadersAsync("/wide");

        Assert.Contains(new string('w', 16384), sent, StringComparison.Ordinal);
        Assert.StartsWith("http/2 200", received, StringComparison.Ordinal);
        Assert.Contains(new string('w', 16384), received, StringComparison.Ordinal);
    }
}
