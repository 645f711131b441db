using ErpInstaller.Answers;
using ErpInstaller.Tests.Certificate;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Scripts;

/// <summary>The frontend's nginx from outside: configuration, redirect, protocols, names.</summary>
[Collection(Frontends.Collection)]
public sealed class NginxTlsTests
{
    private readonly Frontends _frontends;

    public NginxTlsTests(Frontends frontends)
    {
        DockerEnvironment.Require();
        _frontends = frontends;
    }

    [Theory]
    [InlineData(CertificateMode.SelfSigned)]
    [InlineData(CertificateMode.Provided)]
    [InlineData(CertificateMode.LetsEncrypt)]
    [InlineData(CertificateMode.None)]
    public async Task Nginx_takes_the_configuration_without_a_warning(CertificateMode mode)
    {
        var said = (await _frontends.RunAsync(mode, "nginx -t -c /local/nginx.conf 2>&1; id -un")).Succeeded();

        Assert.EndsWith("test is successful\nfrappe", said, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\[(warn|alert|error|emerg)\]", said);
    }

    [Fact]
    public async Task A_certificate_in_a_host_volume_is_served_and_a_renewed_one_after_a_signal()
    {
        const string served = "openssl s_client -connect localhost:8443 </dev/null 2>/dev/null | openssl x509";
        Assert.Equal(
            "600 1000 frappe",
            (
                await _frontends.RunWithHostVolumeAsync("stat -c '%a %u' /certificate/site.pem | tr '\\n' ' '; id -un")
            ).Succeeded()
        );
        var before = (await _frontends.RunWithHostVolumeAsync(served)).Succeeded();
        using var renewed = Issued.Alone(
            new Issued.Wish { From = DateTimeOffset.UtcNow.AddDays(-1), To = DateTimeOffset.UtcNow.AddDays(1) }
        );
        _frontends.Deliver(renewed);

        Assert.Equal(before, (await _frontends.RunWithHostVolumeAsync(served)).Succeeded());
        (
            await _frontends.RunWithHostVolumeAsync(
                $"kill -HUP $(cat /tmp/nginx.pid); for i in {{1..100}}; do [[ $({served}) == '{before}' ]] || exit "
                    + "0; sleep 0.1; done; exit 1"
            )
        ).Succeeded();

        Assert.Equal(renewed.Pem.Trim(), (await _frontends.RunWithHostVolumeAsync(served)).Succeeded());
    }

    [Fact]
    public async Task Plain_HTTP_redirects_to_the_sites_name()
    {
        var headers = await _frontends.BashAsync(
            "curl -sS -o /dev/null -D - -H 'Host: 192.0.2.7' 'http://localhost:8080/app/user?a=b'"
        );

        Assert.StartsWith("HTTP/1.1 301", headers, StringComparison.Ordinal);
        Assert.EndsWith($"Location: https://{Frontends.Site}/app/user?a=b", headers, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-tls1", false)]
    [InlineData("-tls1_1", false)]
    [InlineData("-tls1_2", true)]
    [InlineData("-tls1_3", true)]
    public async Task Old_TLS_is_refused(string version, bool accepted)
    {
        // Without this security level, the client itself would refuse old versions.
        var run = await _frontends.RunAsync(
            CertificateMode.Provided,
            $"openssl s_client -connect localhost:8443 {version} -cipher ALL:@SECLEVEL=0 </dev/null 2>&1"
        );

        Assert.Equal(accepted, run.ExitCode == 0);
        Assert.Equal(!accepted, run.Output.Contains("alert protocol version", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Browsers_get_HTTP_2()
    {
        Assert.StartsWith("http/2 200", await _frontends.HeadersAsync("/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CertificateMode.Provided, true)]
    [InlineData(CertificateMode.SelfSigned, false)]
    public async Task HSTS_is_sent_only_with_a_trusted_certificate(CertificateMode mode, bool held)
    {
        foreach (var path in (string[])["/", "/assets/frappe/js/desk.bundle.js", "/files/logo.SVG"])
        {
            var headers = (
                await _frontends.RunAsync(mode, $"curl -sSk -o /dev/null -D - https://localhost:8443{path}")
            ).Succeeded();
            Assert.Equal(
                held,
                headers.Contains("strict-transport-security: max-age=31536000", StringComparison.Ordinal)
            );
            Assert.Contains("x-content-type-options: nosniff", headers, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("erp.example.com")]
    [InlineData("192.0.2.7")]
    [InlineData("other.example.org:8443")]
    public async Task The_site_answers_under_any_name(string host)
    {
        var body = await _frontends.BashAsync($"curl -sSk -H 'Host: {host}' https://localhost:8443/app");

        Assert.Contains($"\"host\": \"{Frontends.Site}\"", body, StringComparison.Ordinal);
        Assert.Contains($"\"x-frappe-site-name\": \"{Frontends.Site}\"", body, StringComparison.Ordinal);
        Assert.Contains("\"x-forwarded-proto\": \"https\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitor_cannot_forge_the_address_or_the_protocol()
    {
        var body = await _frontends.BodyAsync("/app", "-H 'X-Forwarded-For: 192.0.2.1' -H 'X-Forwarded-Proto: http'");

        Assert.Contains("\"x-forwarded-for\": \"127.0.0.1\"", body, StringComparison.Ordinal);
        Assert.Contains("\"x-forwarded-proto\": \"https\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_Traefik_its_headers_for_address_and_protocol_are_passed_on()
    {
        var body = (
            await _frontends.RunAsync(
                CertificateMode.LetsEncrypt,
                "curl -sS -H 'X-Forwarded-For: 192.0.2.1' -H 'X-Forwarded-Proto: https' http://localhost:8080/app"
            )
        ).Succeeded();

        Assert.Contains("\"x-forwarded-for\": \"192.0.2.1\"", body, StringComparison.Ordinal);
        Assert.Contains("\"x-forwarded-proto\": \"https\"", body, StringComparison.Ordinal);
    }
}
