using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Scripts;

/// <summary>verify.py beside the containers of a site, with each of the things that it must find.</summary>
[Collection(InsideSite.Collection)]
public sealed class VerifyTests
{
    private readonly InsideSite _site;

    public VerifyTests(InsideSite site)
    {
        DockerEnvironment.Require();
        _site = site;
    }

    [Fact]
    public async Task A_good_site_passes_every_check_and_keeps_no_trace()
    {
        var (exitCode, looks) = await _site.VerifyAsync();

        Assert.True(exitCode == 0, string.Join('\n', looks.Where(l => !l.Value.Ok)));
        Assert.Equal(
            [
                "inside-address",
                "inside-apps",
                "inside-doctypes",
                "inside-links",
                "inside-pdf",
                "inside-queue-default",
                "inside-queue-long",
                "inside-queue-short",
                "inside-queues",
                "inside-realtime",
                "inside-scheduler",
            ],
            looks.Keys.Order()
        );
        Assert.Equal("0", await _site.SqlAsync("SELECT COUNT(*) FROM tabSessions"));
        Assert.Equal("", await _site.RedisAsync("keys", "rq:job:*"));
        Assert.Equal("", await _site.RedisAsync("keys", "*|session"));
        Assert.Equal("", await _site.RedisAsync("keys", "*|last_db_session_update"));
    }

    [Fact]
    public async Task Links_without_https_are_found()
    {
        (await _site.BashAsync($"bench --site {InsideSite.Site} set-config host_name None")).Succeeded();

        var (exitCode, looks) = await _site.VerifyAsync();

        (
            await _site.BashAsync($"bench --site {InsideSite.Site} set-config host_name https://{InsideSite.Site}")
        ).Succeeded();
        Assert.Equal(1, exitCode);
        Assert.Equal(
            (false, "links in mails begin with http://erp.example.com, not with https://erp.example.com"),
            looks["inside-links"]
        );
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_inside_fails_the_address_check_and_the_PDF_check()
    {
        await _site.ReplaceAsync("frontend", aliases: false);

        var (exitCode, looks) = await _site.VerifyAsync();

        await _site.ReplaceAsync("frontend");
        Assert.Equal(1, exitCode);
        Assert.Equal((false, "erp.example.com has no address in the containers"), looks["inside-address"]);
        Assert.Contains("HostNotFoundError", looks["inside-pdf"].Found, StringComparison.Ordinal);
        Assert.False(looks["inside-realtime"].Ok);
    }

    [Fact]
    public async Task A_PDF_with_a_placeholder_instead_of_its_picture_is_found()
    {
        var elsewhere = $"https://{InsideSite.Site}/nowhere";
        (await _site.BashAsync($"bench --site {InsideSite.Site} set-config host_name {elsewhere}")).Succeeded();

        var (_, looks) = await _site.VerifyAsync();

        (
            await _site.BashAsync($"bench --site {InsideSite.Site} set-config host_name https://{InsideSite.Site}")
        ).Succeeded();
        Assert.False(looks["inside-pdf"].Ok);
        Assert.StartsWith("the PDF lacks its picture", looks["inside-pdf"].Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_realtime_server_that_does_not_trust_the_certificate_is_found()
    {
        await _site.ReplaceAsync("websocket", environment: false);

        var (exitCode, looks) = await _site.VerifyAsync();

        await _site.ReplaceAsync("websocket");
        Assert.Equal(1, exitCode);
        Assert.Contains(
            "the realtime server refuses a signed-in user",
            looks["inside-realtime"].Found,
            StringComparison.Ordinal
        );
        Assert.True(looks["inside-pdf"].Ok, looks["inside-pdf"].Found);
    }

    [Fact]
    public async Task A_queue_without_a_worker_is_found()
    {
        await _site.RemoveAsync("queue-long");
        await _site.RemoveAsync("queue-short");
        await _site.RedisAsync("flushall");

        var (exitCode, looks) = await _site.VerifyAsync();

        await _site.ReplaceAsync("queue-short");
        await _site.ReplaceAsync("queue-long");
        Assert.Equal(1, exitCode);
        Assert.Equal((false, "no worker serves long"), looks["inside-queue-long"]);
    }

    [Fact]
    public async Task Busy_workers_are_only_a_warning_and_the_check_does_not_wait_until_its_deadline()
    {
        await _site.RemoveAsync("queue-long");
        await _site.RedisAsync("flushall");
        await _site.RedisAsync("sadd", "rq:workers", "rq:worker:busy");
        await _site.RedisAsync("hset", "rq:worker:busy", "queues", "home-frappe-frappe-bench:long", "state", "busy");

        var (exitCode, looks) = await _site.VerifyAsync();

        await _site.RedisAsync("del", "rq:worker:busy");
        await _site.ReplaceAsync("queue-long");
        Assert.Equal(0, exitCode);
        Assert.StartsWith("long: its workers (1) are busy", looks["inside-queue-long"].Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_DocTypes_are_named()
    {
        await _site.SqlAsync("DELETE FROM tabDocType WHERE name = 'Item'");

        var (exitCode, looks) = await _site.VerifyAsync();

        await _site.SqlAsync("INSERT INTO tabDocType VALUES ('Item')");
        Assert.Equal(1, exitCode);
        Assert.Equal((false, "1 DocTypes are missing: erpnext: Item"), looks["inside-doctypes"]);
    }

    [Fact]
    public async Task A_disabled_scheduler_is_only_a_warning()
    {
        (await _site.BashAsync($"bench --site {InsideSite.Site} disable-scheduler")).Succeeded();

        var (exitCode, looks) = await _site.VerifyAsync();

        (await _site.BashAsync($"bench --site {InsideSite.Site} enable-scheduler")).Succeeded();
        Assert.Equal(0, exitCode);
        Assert.Contains("the scheduler is disabled", looks["inside-scheduler"].Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "sid=Guest; Secure; HttpOnly")]
    [InlineData(false, "sid=Guest; HttpOnly")]
    public async Task The_session_cookie_is_Secure_because_gunicorn_trusts_the_frontend(bool trusts, string cookie)
    {
        await _site.ReplaceAsync("backend", environment: trusts);

        var said = await _site.BashAsync(
            $"for i in {{1..100}}; do curl -sk -o /dev/null -w '%{{header_json}}' https://{InsideSite.Site}/login "
                + ">/tmp/said; grep -q sid= /tmp/said && break; sleep 0.1; done; cat /tmp/said"
        );

        await _site.ReplaceAsync("backend");
        Assert.Contains(cookie, said.Succeeded(), StringComparison.Ordinal);
    }
}
