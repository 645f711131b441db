using System.Diagnostics;
using System.Text.Json;
using ErpInstaller.Core.Assets;
using ErpInstaller.Tests.Certificate;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Scripts;

/// <summary>
/// mail.py in create-site: the site's outgoing account, tried against real SMTP servers on this machine.
/// </summary>
[Collection(ScriptBench.Collection)]
public sealed class SiteMailTests : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private const string Password = "MailSecret2342";

    private readonly ScriptBench _bench;
    private readonly TemporaryDirectory _files = new();
    private Process? _server;
    private string _address = "";
    private JsonElement _ports;

    public SiteMailTests(ScriptBench bench)
    {
        DockerEnvironment.Require();
        _bench = bench;
    }

    [Fact]
    public async Task A_site_sends_its_test_message_by_STARTTLS_with_a_login_once_and_again_when_the_answers_change()
    {
        await StartAsync("mail-starttls");

        var first = await SetUpAsync("mail-starttls", "starttls");
        var second = await SetUpAsync("mail-starttls", "starttls");
        var changed = await SetUpAsync("mail-starttls", "starttls", "MAIL_SENDER='Other <other@example.com>'");

        Assert.Contains(
            $"mail: a test message to admin@example.com was accepted by {_address}:{Port("starttls")}",
            first,
            StringComparison.Ordinal
        );
        Assert.Contains("is not from a known authority", first, StringComparison.Ordinal);
        Assert.DoesNotContain("mail: ", second, StringComparison.Ordinal);
        Assert.Contains("mail: a test message to admin@example.com was accepted", changed, StringComparison.Ordinal);
        var mails = Directory.GetFiles(_files.In(""), "mail-*.txt").Order().Select(File.ReadAllText).ToList();
        Assert.Equal(2, mails.Count);
        Assert.StartsWith(
            "X-From: erp@example.com\nX-To: admin@example.com\nX-Login: erp\nX-Tls: True\n",
            mails[0],
            StringComparison.Ordinal
        );
        Assert.Contains("Subject: Test message of mail-starttls", mails[0], StringComparison.Ordinal);
        Assert.StartsWith("X-From: other@example.com\n", mails[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_sends_by_TLS_from_the_start()
    {
        await StartAsync("mail-tls");

        Assert.Contains(
            "was accepted by",
            await SetUpAsync("mail-tls", "tls", "MAIL_TLS=tls"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Changes_made_in_the_site_are_kept()
    {
        await StartAsync("mail-kept");
        await SetUpAsync("mail-kept", "starttls");
        (
            await _bench.RunAsync(
                "cd sites && ../env/bin/python -c 'import frappe; frappe.init(\"mail-kept\"); frappe.connect(); a = "
                    + "frappe.get_doc(\"Email Account\", \"Outgoing mail\"); a.smtp_server = \"own.example.com\"; "
                    + "frappe.flags.in_patch = True; a.save()'"
            )
        ).Succeeded();

        var run = await SetUpAsync("mail-kept", "starttls", "MAIL_SENDER=new@example.com");

        Assert.Contains("mail: kept: the account was changed in the site", run, StringComparison.Ordinal);
        Assert.Contains(
            "own.example.com",
            await _bench.SqlAsync(
                $"SELECT record FROM {await _bench.DatabaseAsync("mail-kept")}.\\`tabEmail Account\\`"
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_fault_of_the_mail_server_is_reported_in_its_own_words_and_the_site_exists()
    {
        await StartAsync("mail-faults");

        await SaysAsync("starttls", "refuses the login of erp: it says: \"535", "mail.password", password: "Wrong");
        await SaysAsync("plain", "offers no STARTTLS", "mail.tls = \"tls\"");
        await SaysAsync("plain", "offers no login", "a relay needs no mail.user", "MAIL_TLS=none");
        await SaysAsync("plain", "speaks no TLS", "starttls", "MAIL_TLS=tls");
        await SaysAsync(
            "strict",
            "refuses the sender other@example.com: it says: \"553 5.7.1 Sender address rejected",
            "mail.sender",
            "MAIL_TLS=none MAIL_USER= MAIL_SENDER=other@example.com"
        );
        await SaysAsync(
            "strict",
            "refuses the recipient admin@example.org: it says: \"554 5.7.1 Relay access denied",
            "mail.test_to",
            "MAIL_TLS=none MAIL_USER= MAIL_TEST_TO=admin@example.org"
        );
        await SaysAsync("starttls", "nothing listens at", "mail.port", "MAIL_PORT=1");
        await SaysAsync(
            "starttls",
            "the name smtp.invalid does not resolve",
            "mail.server",
            "MAIL_SERVER=smtp.invalid"
        );
        Assert.Empty(Directory.GetFiles(_files.In(""), "mail-*.txt"));
    }

    [Fact]
    public async Task The_password_is_neither_in_the_memory_of_the_script_nor_in_what_it_prints()
    {
        await StartAsync("mail-secret");
        var said = await SetUpAsync("mail-secret", "starttls");

        var memory = (await _bench.RunAsync("cat sites/mail-secret/.installer/mail.json")).Succeeded();
        Assert.DoesNotContain(Password, said + memory, StringComparison.Ordinal);
        Assert.Contains("\"password\": \"", memory, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        if (_server is { HasExited: false })
        {
            _server.Kill(entireProcessTree: true);
            _server.WaitForExit();
        }

        _server?.Dispose();
        _files.Dispose();
    }

    private async Task SaysAsync(
        string server,
        string said,
        string hint,
        string setting = "",
        string password = Password
    )
    {
        var output = await SetUpAsync("mail-faults", server, setting, password);
        var line = Assert.Single(output.Split('\n'), l => l.StartsWith("mail: warning: ", StringComparison.Ordinal));
        Assert.Contains(said, line, StringComparison.Ordinal);
        Assert.Contains("; hint: ", line, StringComparison.Ordinal);
        Assert.Contains(hint, line[line.IndexOf("; hint: ", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    private int Port(string server) => _ports.GetProperty(server).GetInt32();

    // The script itself, on a site that is there: that create-site calls it shows in the first lines of StartAsync.
    private async Task<string> SetUpAsync(string site, string server, string setting = "", string password = Password)
    {
        await _bench.WriteAsync("/secrets/mail_password", password);
        return (
            await _bench.RunAsync(
                $"cd sites && env SITE={site} MAIL_SERVER={_address} MAIL_PORT={Port(server)} MAIL_TLS=starttls "
                    + "MAIL_USER=erp MAIL_SENDER='ERP <erp@example.com>' "
                    + $"MAIL_TEST_TO=admin@example.com {setting} ../env/bin/python -u /local/mail.py 2>&1"
            )
        ).Succeeded();
    }

    private async Task StartAsync(string site)
    {
        var packages = await CliWrap.Buffered.BufferedCommandExtensions.ExecuteBufferedAsync(
            CliWrap
                .Cli.Wrap("sh")
                .WithArguments(["-c", $"{Python} -c 'import aiosmtpd'"])
                .WithValidation(CliWrap.CommandResultValidation.None),
            TestContext.Current.CancellationToken
        );
        Assert.SkipUnless(packages.ExitCode == 0, "needs aiosmtpd: apt-get install python3-aiosmtpd");
        _address = (
            await _bench.RunAsync(
                "ip route 2>/dev/null | sed -n 's/^default via \\([0-9.]*\\).*/\\1/p' | grep . || printf "
                    + "'%d.%d.%d.%d' $(awk '$2 == \"00000000\" { print substr($3, 7, 2), substr($3, 5, 2), substr($3, "
                    + "3, 2), substr($3, 1, 2) }' /proc/net/route | head -n 1 | sed 's/[0-9A-F][0-9A-F]/0x&/g')"
            )
        ).Succeeded();
        using (
            var certificate = Issued.Alone(
                new Issued.Wish { From = DateTimeOffset.UtcNow.AddDays(-1), To = DateTimeOffset.UtcNow.AddDays(1) }
            )
        )
        {
            await File.WriteAllTextAsync(_files.In("cert.pem"), certificate.Pem, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(
                _files.In("key.pem"),
                certificate.KeyPem,
                TestContext.Current.CancellationToken
            );
        }

        var start = new ProcessStartInfo(Python) { RedirectStandardOutput = true };
        foreach (
            var argument in (string[])
                [Path.Combine(AppContext.BaseDirectory, "Deployment", "Scripts", "smtpd.py"), _address, _files.In("")]
        )
        {
            start.ArgumentList.Add(argument);
        }

        _server = Process.Start(start)!;
        _ports = JsonDocument
            .Parse((await _server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!)
            .RootElement;
        await _bench.WriteAsync("/local/mail.py", new AssetSource().Read("deployment/mail.py"));
        (await _bench.CreateSiteAsync(site, "erpnext")).Succeeded();
    }
}
